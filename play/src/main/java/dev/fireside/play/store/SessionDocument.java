package dev.fireside.play.store;

import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.EventTotals;
import dev.fireside.play.domain.FinalScore;
import dev.fireside.play.domain.GameSession;
import dev.fireside.play.domain.Implausible;
import dev.fireside.play.domain.SessionId;
import dev.fireside.play.domain.SessionState;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Fields;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A game session as its document holds it: `games/{rotated id}`.
public final class SessionDocument {
  private SessionDocument() {}

  /// The path of a session's document.
  public static String path(SessionId id) {
    return "games/" + Ids.documentName(id.value());
  }

  /// A session from its document.
  public static GameSession parse(Document document) {
    Fields fields = document.fields();
    return new GameSession(
        new SessionId(Ids.fromDocumentName(document.id())),
        new Uid(fields.requiredText("uid")),
        new BoardId(fields.requiredText("board")),
        (int) fields.number("decimals"),
        fields.requiredText("seed"),
        fields.text("country").orElse(null),
        fields.requiredOneOf("state", SessionState.class),
        fields.instant("startedAt").orElse(Instant.EPOCH),
        fields.instant("expiresAt").orElse(Instant.EPOCH),
        new EventTotals(
            fields.number("lastSeq"),
            fields.number("events"),
            fields.number("bytes"),
            fields.number("points"),
            fields.number("lastEventAt")),
        fields.instant("endedAt").orElse(null),
        score(fields),
        fields.oneOf("rejection", Implausible.class).orElse(null));
  }

  private static @Nullable FinalScore score(Fields fields) {
    return fields.names().contains("score")
        ? new FinalScore(
            fields.number("score"), fields.number("subscore"), fields.text("metadata").orElse(null))
        : null;
  }

  /// The fields of a session's document.
  public static Map<String, Object> fields(GameSession session) {
    var fields = new HashMap<String, Object>();
    // By its own name too: a list goes by time, which the document's name does not begin with.
    fields.put("id", session.id().value());
    fields.put("uid", session.uid().value());
    fields.put("board", session.board().value());
    fields.put("decimals", session.decimals());
    fields.put("seed", session.seed());
    put(fields, "country", session.country());
    fields.put("state", WireNames.of(session.state()));
    fields.put("startedAt", session.startedAt());
    fields.put("expiresAt", session.expiresAt());
    fields.put("deleteAt", session.deleteAt());
    EventTotals totals = session.totals();
    fields.put("lastSeq", totals.lastSeq());
    fields.put("events", totals.count());
    fields.put("bytes", totals.bytes());
    fields.put("points", totals.points());
    fields.put("lastEventAt", totals.lastAt());
    put(fields, "endedAt", session.endedAt());
    FinalScore score = session.score();
    if (score != null) {
      fields.put("score", score.score());
      fields.put("subscore", score.subscore());
      put(fields, "metadata", score.metadata());
    }
    Implausible rejection = session.rejection();
    put(fields, "rejection", rejection == null ? null : WireNames.of(rejection));
    return fields;
  }

  private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, value);
    }
  }
}
