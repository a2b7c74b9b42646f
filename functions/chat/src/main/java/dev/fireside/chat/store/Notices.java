package dev.fireside.chat.store;

import dev.fireside.chat.domain.Chat;
import dev.fireside.chat.domain.ChatId;
import dev.fireside.chat.domain.Message;
import dev.fireside.chat.domain.Standing;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Writes;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Notifications about messages: one a chat and person, of the newest message that they have not
/// read.
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
  private final Clock clock;

  public Notices(Platform platform, Standings standings) {
    this.documents = platform.documents();
    this.standings = standings;
    this.clock = platform.clock();
  }

  static String path(ChatId id, Uid uid) {
    return "notifications/" + uid + "/items/chat:" + id;
  }

  /// Notifies people of a message, but for those who have read it or have muted the chat.
  public void write(Chat chat, Message message, List<Uid> readers) {
    write(
        chat,
        readers,
        message.seq(),
        uid -> fields(chat, kind(chat, message, uid), message.seq(), message.at()));
  }

  /// Notifies people who were asked to a group.
  public void writeInvitation(Chat chat, List<Uid> invited) {
    write(chat, invited, 0, _ -> fields(chat, INVITATION, 0, clock.instant()));
  }

  private void write(
      Chat chat, List<Uid> readers, long seq, Function<Uid, Map<String, Object>> fields) {
    for (int from = 0; from < readers.size(); from += TOGETHER) {
      List<Uid> part = readers.subList(from, Math.min(readers.size(), from + TOGETHER));
      List<Uid> written =
          documents.writeIfUnchanged(writes -> attempt(chat, part, seq, fields, writes));
      // Who has read it meanwhile found nothing yet to take away. The standings are not held while
      // notifications are written: their owners would wait.
      documents.writeIfUnchanged(writes -> attempt(chat, written, seq, fields, writes));
    }
  }

  /// Adds what is to be notified, and takes away what was read.
  ///
  /// @return those who are notified
  private List<Uid> attempt(
      Chat chat,
      List<Uid> readers,
      long seq,
      Function<Uid, Map<String, Object>> fields,
      Writes writes) {
    Instant now = clock.instant();
    var written = new ArrayList<Uid>();
    Map<Uid, Standing> stands = standings.getAll(chat.id(), readers);
    Map<String, Document> known =
        documents.getAll(readers.stream().map(uid -> path(chat.id(), uid)).toList());
    for (Uid uid : readers) {
      Standing standing = stands.getOrDefault(uid, Standing.NONE);
      Document before = known.get(path(chat.id(), uid));
      long read = chat.log().readBy(uid, standing.read());
      long noticed = before == null ? -1 : before.fields().number("seq");
      if (before != null && noticed > 0 && noticed <= read) {
        writes.delete(before);
      } else if (seq > noticed && (seq == 0 || seq > read) && !standing.isMuted(now)) {
        writes.write(path(chat.id(), uid), before, fields.apply(uid));
        written.add(uid);
      }
    }
    return written;
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

  private static Map<String, Object> fields(Chat chat, String kind, long seq, Instant at) {
    return Map.of(
        "kind", kind, "reference", chat.id().value(), "seq", seq, "createdAt", at, "read", false);
  }

  private static String kind(Chat chat, Message message, Uid reader) {
    if (!chat.circle().has(reader)) {
      return REQUEST;
    }
    return message.mentions().contains(reader) ? MENTION : MESSAGE;
  }
}
