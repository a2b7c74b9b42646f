package dev.fireside.benchmarks.leaderboards;

import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Entry;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.shared.ids.Uid;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The people of a board that is filled: the same ones on every run.
///
/// @param count how many
/// @param scores scores are drawn below this
record Rows(BoardId board, int count, int scores) {
  private static final String PERIOD = "all-time";

  /// 2026-01-01, in microseconds.
  private static final long FIRST_MICROS = 1_767_225_600_000_000L;

  /// The id of a person.
  static String uid(int index) {
    return String.format(Locale.ROOT, "bench%07d", index);
  }

  /// What some of the people have on the board.
  Stream<PlayerBoard> players(int from, int to) {
    return IntStream.range(from, to).mapToObj(this::player);
  }

  private PlayerBoard player(int index) {
    long at = FIRST_MICROS + index;
    // A generator for each, so that a row is the same whichever rows were made before.
    int score = new SplittableRandom(index).nextInt(scores);
    return PlayerBoard.none(board, new Uid(uid(index)))
        .with(PERIOD, new Entry(score, 0, at, null, 1, false, true, null))
        .revised(at);
  }

  /// The profile of a person, as its document.
  static Map<String, Object> profile(int index) {
    var fields = new HashMap<String, Object>();
    fields.put("handle", uid(index));
    fields.put("displayName", "Player " + index);
    fields.put("status", "active");
    fields.put("counts", Map.of("followers", 0L, "following", 0L, "posts", 0L));
    return fields;
  }
}
