package dev.fireside.games.domain;

import dev.fireside.play.domain.EventTotals;
import dev.fireside.play.domain.GameEvent;
import dev.fireside.play.domain.GameSession;
import dev.fireside.play.domain.Ranking;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What adding a batch of events to a session comes to.
public sealed interface Append {
  /// Events of a session, at most.
  int EVENTS_MAX = 20_000;

  /// Compressed bytes of a session's log, at most.
  long BYTES_MAX = 2L * 1024 * 1024;

  /// Least and greatest sum of points that a score can have.
  long POINTS_MAX = Ranking.UNITS_MAX;

  /// How far a device's sense of time may run ahead of ours.
  Duration AHEAD = Duration.ofSeconds(2);

  /// Events to be stored.
  ///
  /// @param fresh those that are new
  /// @param duplicates how many were known
  /// @param totals of the session with the new ones; their bytes are still to be added
  record Fresh(List<GameEvent> fresh, int duplicates, EventTotals totals) implements Append {
    public Fresh {
      fresh = List.copyOf(fresh);
    }
  }

  /// All were known.
  record Known(int duplicates, EventTotals totals) implements Append {}

  /// Events before the first of these are missing.
  ///
  /// @param expected the number to go on with
  record Gap(long expected) implements Append {}

  /// An event that cannot be.
  ///
  /// @param index which of the batch
  /// @param field which of its fields
  /// @param message what is wrong with it
  record Wrong(int index, String field, String message) implements Append {}

  /// The log has no room for these.
  record Full() implements Append {}

  /// Decides on a batch.
  ///
  /// @param batch at least one event, numbered one by one, not going back in time
  static Append of(GameSession session, List<GameEvent> batch, Instant now) {
    EventTotals before = session.totals();
    int duplicates = (int) batch.stream().filter(event -> event.seq() <= before.lastSeq()).count();
    if (duplicates == batch.size()) {
      return new Known(duplicates, before);
    }
    GameEvent first = batch.get(duplicates);
    if (first.seq() != before.lastSeq() + 1) {
      return new Gap(before.lastSeq() + 1);
    }
    if (first.at() < before.lastAt()) {
      return new Wrong(duplicates, "at", "must not be before the event before, " + before.lastAt());
    }
    long latest = session.elapsed(now).plus(AHEAD).toMillis();
    long points = before.points();
    for (int i = duplicates; i < batch.size(); i++) {
      GameEvent event = batch.get(i);
      if (event.at() > latest) {
        return new Wrong(i, "at", "is still to come: the session has been going for less");
      }
      // Neither part is beyond 2^53, so that their sum is a long.
      points += event.points() == null ? 0 : event.points();
      if (Math.abs(points) > POINTS_MAX) {
        return new Wrong(i, "points", "takes the sum of all points beyond what a score can be");
      }
    }
    List<GameEvent> fresh = batch.subList(duplicates, batch.size());
    GameEvent last = fresh.getLast();
    return new Fresh(
        fresh,
        duplicates,
        new EventTotals(
            last.seq(), before.count() + fresh.size(), before.bytes(), points, last.at()));
  }
}
