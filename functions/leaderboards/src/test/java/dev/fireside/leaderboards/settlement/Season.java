package dev.fireside.leaderboards.settlement;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.BoardStatus;
import dev.fireside.play.domain.Entry;
import dev.fireside.play.domain.Limits;
import dev.fireside.play.domain.Operator;
import dev.fireside.play.domain.Order;
import dev.fireside.play.domain.PeriodKind;
import dev.fireside.play.domain.PeriodRecord;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.domain.Ranking;
import dev.fireside.play.domain.Reward;
import dev.fireside.play.domain.Rewards;
import dev.fireside.play.domain.Row;
import dev.fireside.play.domain.Schedule;
import dev.fireside.play.domain.SessionRules;
import dev.fireside.play.store.BoardStore;
import dev.fireside.play.store.ChunkStore;
import dev.fireside.play.store.PeriodStore;
import dev.fireside.play.store.PlayerStore;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Documents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Boards with players in their periods, written as documents, and what became of them.
final class Season {
  private final FiresideExtension fireside;

  Season(FiresideExtension fireside) {
    this.fireside = fireside;
  }

  Documents documents() {
    return fireside.platform().documents();
  }

  /// So much gold for a range of ranks.
  static Reward gold(int from, int to, long amount) {
    return new Reward(from, to, List.of(), List.of(new Reward.Currency("gold", amount)));
  }

  void currency() {
    documents().set("currencies/gold", Map.of("title", "Gold", "status", "active"));
  }

  static Schedule every(PeriodKind... kinds) {
    return new Schedule(List.of(kinds), null, "Etc/UTC");
  }

  void board(String id, Schedule schedule, Instant createdAt, Reward... rewards) {
    board(id, schedule, createdAt, BoardStatus.OPEN, rewards);
  }

  void board(
      String id, Schedule schedule, Instant createdAt, BoardStatus status, Reward... rewards) {
    var table = new java.util.EnumMap<PeriodKind, List<Reward>>(PeriodKind.class);
    if (rewards.length > 0) {
      schedule.kinds().forEach(kind -> table.put(kind, List.of(rewards)));
    }
    write(
        new Board(
            new BoardId(id),
            "Board " + id,
            new Ranking(Order.DESC, Operator.BEST, Order.DESC, 0),
            schedule,
            Set.of(),
            Limits.DEFAULT,
            new Rewards(table, Duration.ZERO),
            100,
            SessionRules.NONE,
            status,
            createdAt,
            createdAt,
            Map.of(),
            Map.of()));
  }

  void write(Board board) {
    documents().set(BoardStore.path(board.id()), BoardStore.fields(board));
  }

  Board board(String id) {
    return BoardStore.parse(documents().get(BoardStore.path(new BoardId(id))).orElseThrow());
  }

  /// An entry of a player, beside those of other periods.
  void entry(String board, String period, String uid, long score) {
    entry(board, period, uid, new Entry(score, 0, 1_000, null, 1, false, true, null));
  }

  void entry(String board, String period, String uid, Entry entry) {
    PlayerBoard player =
        player(board, uid).orElseGet(() -> PlayerBoard.none(new BoardId(board), new Uid(uid)));
    write(player.with(period, entry));
  }

  void write(PlayerBoard player) {
    documents().set(PlayerStore.path(player.board(), player.uid()), PlayerStore.fields(player));
  }

  Optional<PlayerBoard> player(String board, String uid) {
    return new PlayerStore(fireside.platform()).get(new BoardId(board), new Uid(uid));
  }

  Optional<PeriodRecord> period(String board, String key) {
    return documents().get(PeriodStore.path(new BoardId(board), key)).map(PeriodStore::parse);
  }

  /// The frozen rows of a settled period.
  List<Row> rows(String board, String key) {
    var chunks = new ChunkStore(fireside.platform());
    var rows = new ArrayList<Row>();
    for (int i = 0; i < period(board, key).orElseThrow().chunks(); i++) {
      rows.addAll(chunks.read(new BoardId(board), key, i));
    }
    return rows;
  }

  /// Its players in rank order; those who were hidden have none.
  List<String> uids(String board, String key) {
    return rows(board, key).stream()
        .limit(period(board, key).orElseThrow().entries())
        .map(row -> row.uid().value())
        .toList();
  }

  /// What a player has been given.
  long gold(String uid) {
    return documents()
        .get("users/" + uid + "/inventory/_head")
        .map(head -> head.fields().map("currencies").number("gold"))
        .orElse(0L);
  }

  /// How many operations an inventory has seen.
  int operations(String uid) {
    return documents().list(documents().collection("users/" + uid + "/inventoryHistory")).size();
  }

  void tick() {
    fireside.fire("leaderboards-settle");
    fireside.settle();
  }
}
