package dev.fireside.play.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rules by which a board takes scores.
public final class Scoring {
  private Scoring() {}

  /// What becomes of a submission.
  public sealed interface Verdict {}

  /// It counts.
  ///
  /// @param player as it is to be written
  /// @param newBest by period key, whether it is better than all before
  public record Accepted(PlayerBoard player, Map<String, Boolean> newBest) implements Verdict {
    public Accepted {
      newBest = Map.copyOf(newBest);
    }
  }

  /// It counted before.
  public record Duplicate() implements Verdict {}

  /// It does not count, and changes nothing.
  ///
  /// @param field the field of the submission that is at fault; null for none
  /// @param message what is wrong; after the name of the field a sentence
  /// @param delay after how long it may be tried again; zero where waiting does not help
  public record Refused(Reason reason, @Nullable String field, String message, Duration delay)
      implements Verdict {
    Refused(Reason reason, @Nullable String field, String message) {
      this(reason, field, message, Duration.ZERO);
    }
  }

  /// Why a board refuses.
  public enum Reason {
    BOARD_CLOSED,
    /// It has room for no more players.
    BOARD_FULL,
    /// Players join the board before their first score.
    NOT_JOINED,
    ATTEMPTS_USED,
    TOTAL_OUT_OF_BOUNDS,
    /// The session brought another score before.
    OTHER_SCORE,
    /// The `Idempotency-Key` was used for another score.
    KEY_REUSED,
    /// The player is to wait.
    TOO_MANY
  }

  /// The periods in which the player would be one more, on a board that counts them.
  public static List<Period> firstEntries(Board board, PlayerBoard player, List<Period> periods) {
    return board.limits().maxSize() == null
        ? List.of()
        : periods.stream().filter(period -> !player.entries().containsKey(period.key())).toList();
  }

  /// Decides on a score. It counts in the periods that have room for the player.
  ///
  /// @param periods those that are open
  /// @param sizes by key of [#firstEntries], how many players the period has
  /// @param at microseconds since 1970 by Firestore's clock
  public static Verdict submit(
      Board board,
      PlayerBoard player,
      Submission submission,
      List<Period> periods,
      Map<String, Long> sizes,
      Instant now,
      long at) {
    Remembered known = player.remembered(submission.key(), now);
    if (known != null) {
      return known.fingerprint().equals(submission.fingerprint())
          ? new Duplicate()
          : reused(submission);
    }
    if (board.status() != BoardStatus.OPEN) {
      return closed();
    }
    List<Period> taking = withRoom(board, player, periods, sizes);
    if (taking.isEmpty()) {
      return full(board);
    }
    if (board.limits().joinRequired()
        && !taking.stream().allMatch(period -> player.entry(period.key()).joined())) {
      return new Refused(Reason.NOT_JOINED, null, "Join the board before the first score");
    }
    Duration wait = player.untilRoom(now);
    if (!wait.isZero()) {
      return new Refused(Reason.TOO_MANY, null, "Too many scores in a short time", wait);
    }
    Integer attempts = board.limits().attempts();
    Period shortest = Collections.min(taking, Comparator.comparing(Period::kind));
    if (attempts != null && player.entry(shortest.key()).attempts() >= attempts) {
      return new Refused(Reason.ATTEMPTS_USED, null, "All " + attempts + " attempts are used up");
    }
    PlayerBoard changed = pruned(board, player).withCountry(submission.country());
    var newBest = new HashMap<String, Boolean>();
    for (Period period : taking) {
      Entry before = changed.entry(period.key());
      Run run = run(board, before, submission.score());
      Optional<Refused> outside =
          board.ranking().operator().adds() ? outside(board, run) : Optional.empty();
      if (outside.isPresent()) {
        return outside.get();
      }
      newBest.put(period.key(), !before.scored() || compare(board, run, run(before)) < 0);
      changed = changed.with(period.key(), counted(board, changed, before, run, at));
    }
    return new Accepted(changed.remembering(submission, now), newBest);
  }

  private static Refused reused(Submission submission) {
    return submission.isKeyed()
        ? new Refused(Reason.KEY_REUSED, null, "Idempotency-Key was used for another score")
        : new Refused(Reason.OTHER_SCORE, null, "The session brought another score before");
  }

  /// Decides on joining the periods that have room. Whoever has joined them already joins again
  /// without effect.
  public static Verdict join(
      Board board,
      PlayerBoard player,
      @Nullable String country,
      List<Period> periods,
      Map<String, Long> sizes) {
    if (board.status() != BoardStatus.OPEN) {
      return closed();
    }
    List<Period> taking = withRoom(board, player, periods, sizes);
    if (taking.isEmpty()) {
      return full(board);
    }
    if (taking.stream().allMatch(period -> player.entry(period.key()).joined())) {
      return new Duplicate();
    }
    PlayerBoard changed = pruned(board, player).withCountry(country);
    for (Period period : taking) {
      changed = changed.with(period.key(), changed.entry(period.key()).join(changed.country()));
    }
    return new Accepted(changed, Map.of());
  }

  private static List<Period> withRoom(
      Board board, PlayerBoard player, List<Period> periods, Map<String, Long> sizes) {
    Integer maxSize = board.limits().maxSize();
    return periods.stream()
        .filter(period ->
            maxSize == null
                || player.entries().containsKey(period.key())
                || sizes.getOrDefault(period.key(), 0L) < maxSize)
        .toList();
  }

  private static Refused closed() {
    return new Refused(Reason.BOARD_CLOSED, null, "The board is closed");
  }

  private static Refused full(Board board) {
    return new Refused(
        Reason.BOARD_FULL,
        null,
        "The board is full: it takes " + board.limits().maxSize() + " players");
  }

  private static PlayerBoard pruned(Board board, PlayerBoard player) {
    return player.without(key -> Periods.parse(board, key).filter(board::hasSettled).isPresent());
  }

  /// What an entry is worth.
  private record Run(long score, long subscore, @Nullable String metadata) {}

  private static Run run(Entry entry) {
    return new Run(entry.score(), entry.subscore(), entry.metadata());
  }

  private static Run run(Board board, Entry before, FinalScore given) {
    var run = new Run(given.score(), given.subscore(), given.metadata());
    return switch (board.ranking().operator()) {
      case BEST -> before.scored() && compare(board, run, run(before)) >= 0 ? run(before) : run;
      case SET -> run;
      case INCR -> sum(before, given, 1);
      case DECR -> sum(before, given, -1);
    };
  }

  /// Both are within 2^53, so that the sum fits.
  private static Run sum(Entry before, FinalScore given, int sign) {
    return new Run(
        before.score() + sign * given.score(),
        before.subscore() + sign * given.subscore(),
        given.metadata() == null ? before.metadata() : given.metadata());
  }

  private static int compare(Board board, Run one, Run other) {
    return board.ranking().compare(one.score(), one.subscore(), other.score(), other.subscore());
  }

  private static Optional<Refused> outside(Board board, Run run) {
    Limits limits = board.limits();
    Ranking ranking = board.ranking();
    if (run.score() < limits.scoreMin() || run.score() > limits.scoreMax()) {
      return Optional.of(
          new Refused(
              Reason.TOTAL_OUT_OF_BOUNDS,
              "score",
              "would make a total of "
                  + ranking.number(run.score()).toPlainString()
                  + ", which must be from "
                  + ranking.number(limits.scoreMin()).toPlainString()
                  + " to "
                  + ranking.number(limits.scoreMax()).toPlainString()));
    }
    if (Math.abs(run.subscore()) > Ranking.UNITS_MAX) {
      return Optional.of(
          new Refused(
              Reason.TOTAL_OUT_OF_BOUNDS, "subscore", "would make a total that is too large"));
    }
    return Optional.empty();
  }

  private static Entry counted(Board board, PlayerBoard player, Entry before, Run run, long at) {
    boolean same = before.scored() && compare(board, run, run(before)) == 0;
    return new Entry(
        run.score(),
        run.subscore(),
        same ? before.at() : at,
        run.metadata(),
        before.attempts() + 1,
        before.joined(),
        true,
        before.country() == null ? player.country() : before.country());
  }
}
