package dev.fireside.games.events;

import dev.fireside.economy.domain.Asset;
import dev.fireside.economy.domain.OperationId;
import dev.fireside.games.domain.LiveEvent;
import dev.fireside.games.domain.Participation;
import dev.fireside.games.domain.Phase;
import dev.fireside.games.domain.SelfReport;
import dev.fireside.games.store.Participants;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Adds to a player's points in a live event that runs.
final class ReportProgress {
  /// How long a report with an `Idempotency-Key` is recognised.
  private static final Duration KEY_KEPT = Duration.ofHours(24);

  /// How long one without is: no caller repeats it, but the commit may be tried again.
  private static final Duration REQUEST_KEPT = Duration.ofMinutes(2);

  private final Participants participants;
  private final Clock clock;

  ReportProgress(Participants participants, Clock clock) {
    this.participants = participants;
    this.clock = clock;
  }

  /// What came of a report.
  ///
  /// @param isRepeated whether it was counted before
  record Progress(EventView view, boolean isRepeated) {}

  /// What makes a report the same.
  ///
  /// @param key the `Idempotency-Key`; empty for none
  /// @param requestId an id of this request
  record Origin(Optional<String> key, String requestId) {}

  /// Adds points that the player reports.
  Progress report(Uid uid, String id, long points, Origin origin) {
    return add(uid, id, points, origin, true);
  }

  /// Adds points that the game's own servers report.
  Progress award(Uid uid, String id, long points, Origin origin) {
    return add(uid, id, points, origin, false);
  }

  private Progress add(Uid uid, String id, long points, Origin origin, boolean self) {
    String what =
        origin
            .key()
            .map(key -> (self ? "own:" : "award:") + key)
            .orElseGet(() -> "request:" + origin.requestId());
    String hash = new OperationId(what).documentName();
    Duration kept = origin.key().isPresent() ? KEY_KEPT : REQUEST_KEPT;
    return participants.transact(
        id,
        uid,
        (transaction, found, participation) -> {
          LiveEvent event = Problems.visible(found);
          if (participation == null) {
            throw Problems.notJoined();
          }
          Instant now = clock.instant();
          long limit = self ? checked(event, points) : Asset.AMOUNT_MAX;
          return switch (participation.report(hash, now.plus(kept), points, limit, now)) {
            case Participation.Outcome.Repeated _ ->
                new Progress(EventView.of(event, participation, now), true);
            case Participation.Outcome.Counted(var after) -> {
              if (event.phase(now) != Phase.RUNNING) {
                throw ProblemException.conflict(
                    Reason.EVENT_NOT_RUNNING, "Points count only while the event runs");
              }
              participants.write(transaction, id, uid, after);
              yield new Progress(EventView.of(event, after, now), false);
            }
            case Participation.Outcome.OverLimit(long most) ->
                throw Problems.conflict(
                    Reason.TOTAL_OUT_OF_BOUNDS, "points", "would go beyond " + most + " in all");
            case Participation.Outcome.Reused _ ->
                throw ProblemException.of(
                    ProblemType.KEY_REUSED, "Idempotency-Key was used for other points");
          };
        });
  }

  /// The points that the player cannot pass by themselves. Throws where they may not report any.
  private static long checked(LiveEvent event, long points) {
    SelfReport report = event.selfReport();
    if (report == null) {
      throw ProblemException.of(
          ProblemType.FORBIDDEN, "In this event the game's servers report the points");
    }
    if (points > report.perCall()) {
      throw Problems.field(
          ProblemType.INVALID_INPUT, "points", "must be from 1 to " + report.perCall());
    }
    return report.total();
  }
}
