package dev.fireside.leaderboards;

import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.PeriodKind;
import dev.fireside.play.domain.Periods;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.json.InstantText;
import dev.fireside.shared.json.WireNames;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which period of a board a request means: `?period=` names its kind, `?at=` its key or an instant
/// in it. Without them it is the current one of the board's first kind.
///
/// @param kind its kind, as the request says it; null for none
/// @param at its key or an instant, as the request says it; null for none
record PeriodChoice(@Nullable String kind, @Nullable String at) {
  private static final int LENGTH_MAX = 40;
  private static final Pattern KEY = Pattern.compile("all-time|[a-z]+-\\d{4}-[0-9TWZ:-]{2,16}");

  static PeriodChoice of(Request request) {
    return new PeriodChoice(
        request.query("period", LENGTH_MAX).orElse(null),
        request.query("at", LENGTH_MAX).orElse(null));
  }

  /// The kind that the request names; null for none. Throws a 400 problem for one that the board
  /// does not have.
  @Nullable PeriodKind kindOf(Board board) {
    if (kind == null) {
      return null;
    }
    return WireNames.find(PeriodKind.class, kind)
        .filter(board.schedule().kinds()::contains)
        .orElseThrow(() ->
            Request.invalidQuery(
                "period",
                "must be one of the board's periods: "
                    + PeriodKinds.names(board.schedule().kinds())));
  }

  /// The period. Throws a 400 problem for what can be none, a 404 problem for one that has not
  /// begun or was over before the board was made.
  Period period(Board board, Instant now) {
    PeriodKind named = kindOf(board);
    if (at == null) {
      return Periods.open(board, named == null ? board.schedule().kinds().getFirst() : named, now);
    }
    if (KEY.matcher(at).matches()) {
      return begun(board, named, at, now);
    }
    return byInstant(board, named, instant(at), now);
  }

  /// The period of a key; empty for a text that no period of the board has.
  static Optional<Period> byKey(Board board, String key) {
    // The years of other texts may be beyond those that can be worked with.
    return KEY.matcher(key).matches() ? Periods.parse(board, key) : Optional.empty();
  }

  private static Period begun(Board board, @Nullable PeriodKind named, String key, Instant now) {
    Period period =
        byKey(board, key)
            .orElseThrow(() -> Request.invalidQuery("at", "is no period of this board"));
    if (named != null && period.kind() != named) {
      throw Request.invalidQuery("at", "is not of the kind " + WireNames.of(named));
    }
    if (isBeyond(board, period.kind(), period.start(), now)) {
      throw ProblemException.notFound("period");
    }
    return period;
  }

  private static Period byInstant(
      Board board, @Nullable PeriodKind named, Instant instant, Instant now) {
    PeriodKind sought = named == null ? board.schedule().kinds().getFirst() : named;
    if (isBeyond(board, sought, instant, now)) {
      throw ProblemException.notFound("period");
    }
    return Periods.current(board, sought, instant);
  }

  /// Whether no period of the board that has begun holds the instant.
  private static boolean isBeyond(Board board, PeriodKind kind, Instant instant, Instant now) {
    Instant end = Periods.open(board, kind, now).end();
    return instant.isBefore(Periods.current(board, kind, board.createdAt()).start())
        || (end != null && !instant.isBefore(end));
  }

  private static Instant instant(String text) {
    return InstantText.find(text)
        .orElseThrow(() ->
            Request.invalidQuery(
                "at", "must be the key of a period, such as daily-2026-11-21, or an instant"));
  }
}
