package dev.fireside.play;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Submission;
import dev.fireside.play.store.BoardStore;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Documents;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Players who submit scores in tests, as functions do.
final class Players {
  private final FiresideExtension fireside;
  private final SubmitScore submitScore;

  Players(FiresideExtension fireside) {
    this.fireside = fireside;
    this.submitScore = new SubmitScore(fireside.platform());
  }

  Documents documents() {
    return fireside.platform().documents();
  }

  Board store(Board board) {
    documents().set(BoardStore.path(board.id()), BoardStore.fields(board));
    return board;
  }

  ScoreReply submit(Board board, String uid, long score) {
    return submit(board, uid, score, 0, null, fireside.platform().ids().next());
  }

  ScoreReply submit(
      Board board, String uid, long score, long subscore, @Nullable String country, String key) {
    return submitScore.reply(commit(board, uid, score, subscore, country, key));
  }

  /// What a process does that dies before it writes to Redis.
  SubmitScore.Committed commit(
      Board board, String uid, long score, long subscore, @Nullable String country, String key) {
    BoardId id = board.id();
    var who = new Uid(uid);
    var fields =
        new ScoreFields(BigDecimal.valueOf(score), BigDecimal.valueOf(subscore), null, country);
    return submitScore.commit(
        id,
        who,
        found ->
            new Submission(
                fields.on(found),
                country,
                key,
                fireside.clock().instant().plus(Duration.ofDays(1))));
  }
}
