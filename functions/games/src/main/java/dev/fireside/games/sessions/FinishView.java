package dev.fireside.games.sessions;

import dev.fireside.play.ScoreReply;
import dev.fireside.play.domain.FinalScore;
import dev.fireside.play.domain.GameSession;
import dev.fireside.shared.json.WireNames;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A finished session as it is answered: what any score is answered with, and what the session came
/// to.
record FinishView(
    String id,
    String board,
    String state,
    @Nullable BigDecimal score,
    @Nullable BigDecimal subscore,
    boolean duplicate,
    boolean rebuilding,
    List<ScoreReply.InPeriod> periods) {

  static FinishView of(GameSession session, ScoreReply reply) {
    FinalScore score = session.score();
    return new FinishView(
        session.id().value(),
        session.board().value(),
        WireNames.of(session.state()),
        score == null ? null : SessionView.number(score.score(), session.decimals()),
        score == null ? null : SessionView.number(score.subscore(), session.decimals()),
        reply.duplicate(),
        reply.rebuilding(),
        reply.periods());
  }
}
