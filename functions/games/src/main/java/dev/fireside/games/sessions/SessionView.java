package dev.fireside.games.sessions;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.fireside.play.domain.FinalScore;
import dev.fireside.play.domain.GameSession;
import dev.fireside.play.domain.Implausible;
import dev.fireside.play.domain.SessionState;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A session as it is answered.
///
/// @param signingKey only for its player, and while it is open
/// @param lastSeq number of its latest event; 0 before the first
/// @param events how many events it has
/// @param points sum of their points
record SessionView(
    String id,
    Uid uid,
    String board,
    String state,
    String seed,
    @Nullable String signingKey,
    @Nullable String country,
    Instant startedAt,
    Instant expiresAt,
    long lastSeq,
    long events,
    BigDecimal points,
    @Nullable Instant endedAt,
    @Nullable BigDecimal score,
    @Nullable BigDecimal subscore,
    @JsonRawValue @Nullable String metadata,
    @Nullable String rejection) {

  static SessionView of(GameSession session, @Nullable String signingKey, Instant now) {
    // Whether the sweep has come by already makes no difference.
    SessionState state = session.isExpired(now) ? SessionState.ABANDONED : session.state();
    FinalScore score = session.score();
    Implausible rejection = session.rejection();
    return new SessionView(
        session.id().value(),
        session.uid(),
        session.board().value(),
        WireNames.of(state),
        session.seed(),
        state == SessionState.OPEN ? signingKey : null,
        session.country(),
        session.startedAt(),
        session.expiresAt(),
        session.totals().lastSeq(),
        session.totals().count(),
        number(session.totals().points(), session.decimals()),
        session.endedAt(),
        score == null ? null : number(score.score(), session.decimals()),
        score == null ? null : number(score.subscore(), session.decimals()),
        score == null ? null : score.metadata(),
        rejection == null ? null : WireNames.of(rejection));
  }

  /// Units as the number that they stand for.
  static BigDecimal number(long units, int decimals) {
    return BigDecimal.valueOf(units, decimals);
  }
}
