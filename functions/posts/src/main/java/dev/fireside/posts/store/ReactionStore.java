package dev.fireside.posts.store;

import com.google.cloud.firestore.Query;
import dev.fireside.posts.domain.Reaction;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.FieldChange;
import dev.fireside.shared.store.Fields;
import dev.fireside.social.store.PostReader;
import dev.fireside.social.store.ReactionReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reactions in Firestore: `reactions/{post's name:uid}`, one document for all kinds, so that a
/// person can have each at most once.
public final class ReactionStore {
  private static final int ATTEMPTS_MAX = 5;

  private final Documents documents;
  private final ReactionReader reader;

  public ReactionStore(Platform platform) {
    this.documents = platform.documents();
    this.reader = new ReactionReader(platform);
  }

  /// What a reaction came to.
  ///
  /// @param isNew whether the person did not react so before
  /// @param kinds what they react with now
  public record Outcome(boolean isNew, List<String> kinds) {
    public Outcome {
      kinds = List.copyOf(kinds);
    }
  }

  /// Adds a kind: one write and no read for somebody's first reaction to a post, and for one that
  /// exists already.
  ///
  /// @param wanted the reactions as they are written if they are the first
  /// @param known the kinds Redis knows of; may be outdated
  public Outcome add(Reaction wanted, List<String> known) {
    String path = PostReader.reactionPath(wanted.postId(), wanted.uid());
    String kind = wanted.kinds().getFirst();
    List<String> before = known;
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      if (before.isEmpty()) {
        Optional<Instant> created = documents.create(path, fields(wanted));
        if (created.isPresent()) {
          keep(wanted, wanted.kinds(), Document.versionOf(created.get()));
          return new Outcome(true, wanted.kinds());
        }
        before = stored(path);
        if (before.contains(kind)) {
          return new Outcome(false, before);
        }
      }
      Optional<Instant> updated = documents.update(path, Map.of("kinds", FieldChange.add(kind)));
      if (updated.isPresent()) {
        List<String> after = with(before, kind);
        keepGuess(wanted, after, updated.get());
        return new Outcome(!before.contains(kind), after);
      }
      before = List.of();
    }
    throw new IllegalStateException("The reactions at " + path + " come and go");
  }

  /// Takes a kind away; taking away what is not there is no error. One write, no read.
  public void remove(String postId, Uid uid, String kind, List<String> known) {
    documents
        .update(PostReader.reactionPath(postId, uid), Map.of("kinds", FieldChange.remove(kind)))
        .ifPresent(updated -> {
          List<String> after = known.stream().filter(other -> !other.equals(kind)).toList();
          keepGuess(new Reaction("", postId, uid, after), after, updated);
        });
  }

  private List<String> stored(String path) {
    return documents.get(path).map(found -> found.fields().texts("kinds")).orElse(List.of());
  }

  /// What a blind update left is known only if Redis was right before. So the guess is kept as one
  /// version older than it is: the event of the same write, which knows, replaces it.
  private void keepGuess(Reaction reaction, List<String> kinds, Instant updated) {
    keep(reaction, kinds, Document.versionOf(updated) - 1);
  }

  private void keep(Reaction reaction, List<String> kinds, long version) {
    reader.keep(reaction.uid(), reaction.postId(), kinds, version);
  }

  private static List<String> with(List<String> kinds, String kind) {
    if (kinds.contains(kind)) {
      return kinds;
    }
    var all = new ArrayList<>(kinds);
    all.add(kind);
    return all;
  }

  /// Who reacted to a post, newest first; also those who took everything back.
  ///
  /// @param kind null for any
  /// @param before id after which the list goes on; null for the start
  public List<Reaction> list(
      String postId, @Nullable String kind, @Nullable String before, int count) {
    Query query = documents.collection("reactions").whereEqualTo("postId", postId);
    if (kind != null) {
      query = query.whereArrayContains("kinds", kind);
    }
    query = query.orderBy("id", Query.Direction.DESCENDING).limit(count);
    return documents.list(before == null ? query : query.startAfter(before)).stream()
        .map(ReactionStore::parse)
        .toList();
  }

  static Reaction parse(Document document) {
    Fields fields = document.fields();
    return new Reaction(
        fields.requiredText("id"),
        fields.requiredText("postId"),
        new Uid(fields.requiredText("uid")),
        fields.texts("kinds"));
  }

  private static Map<String, Object> fields(Reaction reaction) {
    return Map.of(
        "id", reaction.id(),
        "postId", reaction.postId(),
        "uid", reaction.uid().value(),
        "kinds", reaction.kinds());
  }
}
