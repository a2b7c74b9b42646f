package dev.fireside.chat.store;

import dev.fireside.chat.domain.Chat;
import dev.fireside.chat.domain.ChatId;
import dev.fireside.chat.domain.Message;
import dev.fireside.chat.domain.Standing;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import dev.fireside.shared.store.Writes;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Notifications about chats: one a chat and person, of the newest message that they are shown and
/// have not read, or that they are asked to a group.
public final class Notices {
  /// People whose notifications are written together.
  private static final int TOGETHER = 50;

  private static final String MESSAGE = "message";
  private static final String MENTION = "mention";
  private static final String REQUEST = "message_request";
  private static final String INVITATION = "chat_invitation";
  private static final List<String> KINDS = List.of(MESSAGE, MENTION, REQUEST, INVITATION);

  private final Documents documents;
  private final Standings standings;
  private final People people;
  private final Clock clock;

  public Notices(Platform platform, Standings standings, People people) {
    this.documents = platform.documents();
    this.standings = standings;
    this.people = people;
    this.clock = platform.clock();
  }

  static String path(ChatId id, Uid uid) {
    return "notifications/" + uid + "/items/chat:" + id;
  }

  /// What somebody is notified of.
  ///
  /// @param seq place of the message; 0 for an invitation
  private record Notice(String kind, long seq, Instant at) {
    static Notice parse(Fields fields) {
      return new Notice(
          fields.text("kind").orElse(""),
          fields.number("seq"),
          fields.instant("createdAt").orElse(Instant.EPOCH));
    }

    Map<String, Object> fields(ChatId id) {
      return Map.of(
          "kind", kind, "reference", id.value(), "seq", seq, "createdAt", at, "read", false);
    }
  }

  /// Brings the notifications of people in line with a chat as it is stored, in whatever order its
  /// changes are reported. What was read, taken away or may not be seen is not notified any more.
  ///
  /// @param told who learns of what they were not notified of yet, unless they have muted the chat
  /// @param invited who learns that they are asked to the group
  public void sync(ChatId id, Collection<Uid> concerned, Set<Uid> told, Set<Uid> invited) {
    List<Uid> all = List.copyOf(new LinkedHashSet<>(concerned));
    for (int from = 0; from < all.size(); from += TOGETHER) {
      List<Uid> part = all.subList(from, Math.min(all.size(), from + TOGETHER));
      List<Uid> written =
          documents.writeIfUnchanged(writes -> attempt(id, part, told, invited, writes));
      // Who has read it meanwhile found nothing yet to take away. The standings are not held while
      // notifications are written: their owners would wait.
      if (!written.isEmpty()) {
        documents.writeIfUnchanged(writes -> attempt(id, written, Set.of(), Set.of(), writes));
      }
    }
  }

  /// @return those who are notified of something else than before
  private List<Uid> attempt(
      ChatId id, List<Uid> part, Set<Uid> told, Set<Uid> invited, Writes writes) {
    Chat chat = documents.get(ChatDocument.path(id)).map(ChatDocument::parse).orElse(null);
    Map<Uid, Standing> stands = standings.getAll(id, part);
    Map<String, Document> known =
        documents.getAll(part.stream().map(uid -> path(id, uid)).toList());
    var shown = new Shown(part);
    var written = new ArrayList<Uid>();
    for (Uid uid : part) {
      Document document = known.get(path(id, uid));
      Notice before = document == null ? null : Notice.parse(document.fields());
      Standing standing = stands.getOrDefault(uid, Standing.NONE);
      Notice after =
          chat == null
              ? null
              : chat.isAskedToGroup(uid)
                  ? invitation(before, invited.contains(uid) && !standing.isMuted(clock.instant()))
                  : newest(chat, uid, standing, before, told.contains(uid), shown);
      if (after != null && !after.equals(before)) {
        writes.write(path(id, uid), document, after.fields(id));
        written.add(uid);
      } else if (after == null && document != null) {
        writes.delete(document);
      }
    }
    return written;
  }

  private @Nullable Notice invitation(@Nullable Notice before, boolean invited) {
    return before == null && invited
        ? new Notice(INVITATION, 0, clock.instant().truncatedTo(ChronoUnit.MICROS))
        : before;
  }

  private @Nullable Notice newest(
      Chat chat, Uid uid, Standing standing, @Nullable Notice before, boolean told, Shown shown) {
    long noticed = before == null ? 0 : before.seq();
    long limit = told && !standing.isMuted(clock.instant()) ? chat.log().last() : noticed;
    if (!chat.isReadBy(uid) || limit == 0) {
      return null;
    }
    long read = chat.log().readBy(uid, standing.read());
    List<Message> unread =
        chat.log().tail().reversed().stream()
            .filter(message -> message.seq() > read && message.seq() <= limit)
            .filter(message -> !message.deleted() && !standing.hidden().contains(message.seq()))
            .toList();
    Message newest =
        unread.stream().filter(message -> shown.is(message, uid)).findFirst().orElse(null);
    if (newest == null) {
      // What is older than the tail is unread as far as is known.
      return noticed > read && noticed < chat.log().first() ? before : null;
    }
    return new Notice(kind(chat, uid, unread, shown), newest.seq(), newest.at());
  }

  private static String kind(Chat chat, Uid uid, List<Message> unread, Shown shown) {
    if (!chat.circle().has(uid)) {
      return REQUEST;
    }
    return unread.stream()
            .anyMatch(message -> message.mentions().contains(uid) && shown.is(message, uid))
        ? MENTION
        : MESSAGE;
  }

  /// Whose words are shown to whom; looked up once for each sender that somebody asks about.
  private final class Shown {
    private final List<Uid> readers;
    private final Map<Uid, Map<Uid, People.Seen>> bySender = new HashMap<>();

    Shown(List<Uid> readers) {
      this.readers = readers;
    }

    boolean is(Message message, Uid reader) {
      Uid sender = message.sender();
      return sender != null && is(sender, reader);
    }

    private boolean is(Uid sender, Uid reader) {
      Map<Uid, People.Seen> seen =
          bySender.computeIfAbsent(
              sender,
              _ -> {
                var all = new LinkedHashSet<>(readers);
                all.add(sender);
                return people.look(sender, all);
              });
      People.Seen self = seen.get(sender);
      People.Seen other = seen.get(reader);
      return self != null
          && self.isActive()
          && other != null
          && other.isActive()
          && !other.relation().blocked();
    }
  }

  /// Removes some of what a person was notified of.
  ///
  /// @return whether there may be more
  boolean removePage(Uid uid, int count) {
    List<Document> found =
        documents.list(
            documents
                .collection("notifications/" + uid + "/items")
                .whereIn("kind", KINDS)
                .limit(count));
    documents.deleteAll(found.stream().map(Document::path).toList());
    return found.size() == count;
  }
}
