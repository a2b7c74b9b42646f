package dev.fireside.chat.store;

import dev.fireside.chat.domain.ChatId;
import dev.fireside.chat.domain.Standing;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.FieldChange;
import dev.fireside.shared.store.Fields;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How people stand to chats, in Firestore: `chats/{chat}/standings/{uid}`, written by themselves
/// alone.
public final class Standings {
  private final Documents documents;

  public Standings(Platform platform) {
    this.documents = platform.documents();
  }

  static String path(ChatId id, Uid uid) {
    return ChatDocument.path(id) + "/standings/" + uid;
  }

  /// How a person stands to a chat.
  public Standing get(ChatId id, Uid uid) {
    return documents.get(path(id, uid)).map(Standings::parse).orElse(Standing.NONE);
  }

  /// How a person stands to chats.
  public Map<ChatId, Standing> getAll(Collection<ChatId> ids, Uid uid) {
    Map<String, Document> found = documents.getAll(ids.stream().map(id -> path(id, uid)).toList());
    return ids.stream().collect(Collectors.toMap(id -> id, id -> of(found, path(id, uid))));
  }

  /// How people stand to a chat.
  Map<Uid, Standing> getAll(ChatId id, Collection<Uid> people) {
    return of(documents.getAll(paths(id, people)), id, people);
  }

  private static List<String> paths(ChatId id, Collection<Uid> people) {
    return people.stream().map(uid -> path(id, uid)).toList();
  }

  private static Map<Uid, Standing> of(
      Map<String, Document> found, ChatId id, Collection<Uid> people) {
    return people.stream().collect(Collectors.toMap(uid -> uid, uid -> of(found, path(id, uid))));
  }

  private static Standing of(Map<String, Document> found, String path) {
    Document document = found.get(path);
    return document == null ? Standing.NONE : parse(document);
  }

  private static Standing parse(Document document) {
    Fields fields = document.fields();
    Set<Long> hidden =
        fields.values().get("hidden") instanceof List<?> list
            ? list.stream()
                .filter(Long.class::isInstance)
                .map(Long.class::cast)
                .collect(Collectors.toSet())
            : Set.of();
    return new Standing(
        fields.number("read"),
        fields.flag("muted"),
        fields.instant("mutedUntil").orElse(null),
        hidden);
  }

  /// Notes that a person has read up to a message, unless they have read more, and takes away what
  /// they were notified of up to there.
  ///
  /// @return up to where they have read
  public long read(ChatId id, Uid uid, long seq) {
    return documents.writeIfUnchanged(writes -> {
      Map<String, Document> found = documents.getAll(List.of(path(id, uid), Notices.path(id, uid)));
      Document standing = found.get(path(id, uid));
      long before = standing == null ? 0 : parse(standing).read();
      if (seq <= before) {
        return before;
      }
      writes.write(path(id, uid), standing, fields(uid, Map.of("read", seq)));
      Document notice = found.get(Notices.path(id, uid));
      if (notice != null && notice.fields().number("seq") <= seq) {
        writes.delete(notice);
      }
      return seq;
    });
  }

  /// Says whether a person wants notifications of a chat.
  ///
  /// @param until when a mute ends; null for never
  public void mute(ChatId id, Uid uid, boolean muted, @Nullable Instant until) {
    documents.merge(
        path(id, uid),
        fields(
            uid,
            Map.of("muted", muted, "mutedUntil", until == null ? FieldChange.clear() : until)));
  }

  /// Takes a message away for one person.
  ///
  /// @return whether there is room for it
  public boolean hide(ChatId id, Uid uid, long seq) {
    Set<Long> hidden = get(id, uid).hidden();
    if (hidden.contains(seq)) {
      return true;
    }
    if (hidden.size() >= Standing.HIDDEN_MAX) {
      return false;
    }
    documents.merge(path(id, uid), fields(uid, Map.of("hidden", FieldChange.add(seq))));
    return true;
  }

  private static Map<String, Object> fields(Uid uid, Map<String, Object> changes) {
    var fields = new HashMap<>(changes);
    fields.put("uid", uid.value());
    return fields;
  }
}
