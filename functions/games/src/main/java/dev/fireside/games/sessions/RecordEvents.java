package dev.fireside.games.sessions;

import dev.fireside.games.domain.Append;
import dev.fireside.games.store.SessionStore;
import dev.fireside.play.domain.EventTotals;
import dev.fireside.play.domain.GameEvent;
import dev.fireside.play.domain.GameSession;
import dev.fireside.play.domain.SessionId;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/// Adds a batch of events to a session's log. What is sent twice is kept once.
final class RecordEvents {
  private final SessionStore sessions;
  private final Clock clock;

  RecordEvents(SessionStore sessions, Clock clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  /// What came of it.
  ///
  /// @param lastSeq number of the session's latest event
  /// @param accepted how many events were new
  /// @param duplicates how many were known
  record Receipt(long lastSeq, int accepted, int duplicates) {}

  /// @param batch reads the events, for a session of the board that it is about
  Receipt add(Uid player, SessionId id, Function<GameSession, List<GameEvent>> batch) {
    Append append =
        sessions
            .append(
                id,
                session -> {
                  if (!session.uid().equals(player)) {
                    throw Problems.noSuchSession();
                  }
                  Instant now = clock.instant();
                  Append decided = Append.of(session, batch.apply(session), now);
                  if (!(decided instanceof Append.Known)) {
                    Problems.checkOpen(session, now);
                  }
                  return decided;
                })
            .orElseThrow(Problems::noSuchSession);
    return switch (append) {
      case Append.Fresh(List<GameEvent> fresh, int duplicates, EventTotals totals) ->
          new Receipt(totals.lastSeq(), fresh.size(), duplicates);
      case Append.Known(int duplicates, EventTotals totals) ->
          new Receipt(totals.lastSeq(), 0, duplicates);
      case Append.Gap(long expected) ->
          throw Problems.conflict(
              Reason.EVENTS_MISSING, "events/0/seq", "must be " + expected + ": some are missing");
      case Append.Wrong(int index, String field, String message) ->
          throw Problems.field(ProblemType.INVALID_INPUT, "events/" + index + "/" + field, message);
      case Append.Full() ->
          throw ProblemException.conflict(
              Reason.SESSION_LOG_FULL,
              "The log of the session is full: " + Append.BYTES_MAX + " bytes, compressed");
    };
  }
}
