package dev.fireside.accounts.store;

import dev.fireside.accounts.domain.Handle;
import dev.fireside.accounts.domain.ProfileData;
import dev.fireside.accounts.domain.ProfileEdit;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.FieldChange;
import dev.fireside.shared.store.Fields;
import dev.fireside.social.domain.AccountStatus;
import dev.fireside.social.domain.Profile;
import dev.fireside.social.store.FollowLists;
import dev.fireside.social.store.ProfileReader;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The documents `users/{uid}` and `handles/{handle}`, and the cached profile.
public final class Profiles {
  private final Documents documents;
  private final ProfileReader reader;
  private final Clock clock;

  public Profiles(Platform platform) {
    this.documents = platform.documents();
    this.reader = new ProfileReader(platform);
    this.clock = platform.clock();
  }

  /// How a write to a profile ended.
  public sealed interface Outcome {
    /// The profile stands as it was asked for.
    record Saved(Profile profile) implements Outcome {}

    /// Somebody else has the handle.
    record HandleTaken() implements Outcome {}

    /// The person has a profile, and another one than was asked for.
    record ExistsOtherwise() implements Outcome {}

    /// The person has no profile, or deleted it.
    record Missing() implements Outcome {}
  }

  private enum Step {
    DONE,
    HANDLE_TAKEN,
    EXISTS_OTHERWISE,
    MISSING
  }

  /// Creates a profile together with its handle.
  public Outcome create(Uid uid, ProfileData data) {
    String user = ProfileReader.path(uid);
    Step done =
        documents.writeIfUnchanged(writes -> {
          Map<String, Document> found = documents.getAll(List.of(user, path(data.handle())));
          Document existing = found.get(user);
          if (existing != null) {
            boolean same = !isDeleted(existing) && data(existing).equals(data);
            return same ? Step.DONE : Step.EXISTS_OTHERWISE;
          }
          if (found.containsKey(path(data.handle()))) {
            return Step.HANDLE_TAKEN;
          }
          writes.create(path(data.handle()), Map.of("uid", uid.value()));
          writes.create(user, created(data));
          writes.set(FollowLists.path(uid), FollowLists.empty());
          return Step.DONE;
        });
    return outcome(uid, done);
  }

  private Map<String, Object> created(ProfileData data) {
    var fields = new HashMap<String, Object>();
    fields.put("handle", data.handle().value());
    fields.put("displayName", data.displayName());
    if (data.bio() != null) {
      fields.put("bio", data.bio());
    }
    if (data.avatarUrl() != null) {
      fields.put("avatarUrl", data.avatarUrl());
    }
    fields.put("status", WireNames.of(AccountStatus.ACTIVE));
    fields.put("counts", Map.of("followers", 0L, "following", 0L, "posts", 0L));
    fields.put("createdAt", clock.instant());
    fields.put("updatedAt", clock.instant());
    return fields;
  }

  /// Changes a profile; a new handle is claimed and the old one freed at once.
  public Outcome edit(Uid uid, ProfileEdit edit) {
    Step done =
        documents.writeIfUnchanged(writes -> {
          Optional<Document> existing = present(uid);
          if (existing.isEmpty()) {
            return Step.MISSING;
          }
          ProfileData before = data(existing.get());
          ProfileData after = edit.applyTo(before);
          if (after.equals(before)) {
            return Step.DONE;
          }
          if (!after.handle().equals(before.handle())) {
            if (documents.get(path(after.handle())).isPresent()) {
              return Step.HANDLE_TAKEN;
            }
            writes.create(path(after.handle()), Map.of("uid", uid.value()));
            writes.delete(path(before.handle()));
          }
          writes.update(existing.get(), changed(after));
          return Step.DONE;
        });
    return outcome(uid, done);
  }

  private Map<String, Object> changed(ProfileData data) {
    return Map.of(
        "handle", data.handle().value(),
        "displayName", data.displayName(),
        "bio", data.bio() == null ? FieldChange.clear() : data.bio(),
        "avatarUrl", data.avatarUrl() == null ? FieldChange.clear() : data.avatarUrl(),
        "updatedAt", clock.instant());
  }

  /// Leaves a tombstone of a profile and frees its handle; done already is done.
  public void delete(Uid uid) {
    documents.writeIfUnchanged(writes -> {
      Optional<Document> existing = present(uid);
      if (existing.isPresent()) {
        var fields = new HashMap<String, Object>();
        existing.get().fields().names().forEach(name -> fields.put(name, FieldChange.clear()));
        fields.put("status", WireNames.of(AccountStatus.DELETED));
        fields.put("deletedAt", clock.instant());
        writes.update(existing.get(), fields);
        writes.delete(path(data(existing.get()).handle()));
      }
      return Step.DONE;
    });
    refresh(uid);
  }

  /// Suspends a person, or makes them active again.
  ///
  /// @return false where there is no profile, or it was deleted
  public boolean setStatus(Uid uid, AccountStatus status) {
    String wanted = WireNames.of(status);
    boolean found =
        documents.writeIfUnchanged(writes -> {
          Optional<Document> existing = present(uid);
          existing
              .filter(user -> !user.fields().text("status").equals(Optional.of(wanted)))
              .ifPresent(user ->
                  writes.update(user, Map.of("status", wanted, "updatedAt", clock.instant())));
          return existing.isPresent();
        });
    refresh(uid);
    return found;
  }

  private Optional<Document> present(Uid uid) {
    return documents.get(ProfileReader.path(uid)).filter(user -> !isDeleted(user));
  }

  /// Reads a profile from Firestore, and keeps it in the cache.
  public Optional<Profile> refresh(Uid uid) {
    return reader.refresh(uid);
  }

  /// Keeps a profile in the cache, unless something newer is kept.
  ///
  /// @return false while Redis is away
  public boolean keep(Document document) {
    return reader.keep(new Uid(document.id()), ProfileReader.parse(document), document.version());
  }

  /// Keeps in the cache that there is no such profile.
  ///
  /// @return false while Redis is away
  public boolean keepAbsence(Uid uid, long version) {
    return reader.keep(uid, null, version);
  }

  /// Who has a handle.
  public Optional<Uid> byHandle(Handle handle) {
    return documents.get(path(handle)).flatMap(claim -> claim.fields().text("uid")).map(Uid::new);
  }

  private Outcome outcome(Uid uid, Step step) {
    return switch (step) {
      case DONE ->
          refresh(uid)
              .filter(profile -> profile.status() != AccountStatus.DELETED)
              .<Outcome>map(Outcome.Saved::new)
              .orElseGet(Outcome.Missing::new);
      case HANDLE_TAKEN -> new Outcome.HandleTaken();
      case EXISTS_OTHERWISE -> new Outcome.ExistsOtherwise();
      case MISSING -> new Outcome.Missing();
    };
  }

  private static boolean isDeleted(Document user) {
    return ProfileReader.parse(user).status() == AccountStatus.DELETED;
  }

  private static ProfileData data(Document user) {
    Fields fields = user.fields();
    return new ProfileData(
        new Handle(fields.requiredText("handle")),
        fields.text("displayName").orElse(""),
        fields.text("bio").orElse(null),
        fields.text("avatarUrl").orElse(null));
  }

  private static String path(Handle handle) {
    return "handles/" + handle;
  }
}
