package dev.fireside.leaderboards;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.domain.RankAnswer;
import dev.fireside.play.domain.Ranked;
import dev.fireside.play.domain.Row;
import dev.fireside.play.store.PlayerStore;
import dev.fireside.play.store.Ranks;
import dev.fireside.play.store.Ranks.Place;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.lists.Part;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads where a player stands on all boards.
final class ReadOwn {
  private final PlayerStore players;
  private final KnownBoards boards;
  private final Ranks ranks;
  private final Clock clock;

  ReadOwn(PlayerStore players, KnownBoards boards, Ranks ranks, Clock clock) {
    this.players = players;
    this.boards = boards;
    this.ranks = ranks;
    this.clock = clock;
  }

  /// A board and the player's periods on it, the latest first.
  ///
  /// @param nextReset when the first of the board's current periods ends; null where none does
  record OnBoard(String board, String title, List<InPeriod> periods, @Nullable Instant nextReset) {}

  /// Where the player stands in a period.
  ///
  /// @param rank null while ranks are being rebuilt
  /// @param entries how many are ranked; null while ranks are being rebuilt
  record InPeriod(
      PeriodView period,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long rank,
      @Nullable Long entries,
      BigDecimal score,
      BigDecimal subscore,
      Instant at) {}

  /// A page of boards.
  ///
  /// @param next where the next page begins; null on the last one
  record Own(List<OnBoard> items, boolean rebuilding, @Nullable String next) {}

  /// @param after where the page begins; null for the start
  Own read(Uid uid, @Nullable String after, int limit) {
    Part<PlayerBoard> part =
        Part.of(
            players.ofPlayer(uid, after, limit + 1),
            limit,
            player -> PlayerStore.path(player.board(), uid));
    List<PlayerBoard> page = part.items();
    Map<BoardId, Board> there = boards.getAll(page.stream().map(PlayerBoard::board).toList());
    var places = new ArrayList<Place>();
    for (PlayerBoard player : page) {
      Board board = there.get(player.board());
      if (board != null) {
        scored(board, player).forEach(period -> places.add(new Place(board, period)));
      }
    }
    Map<Place, RankAnswer> answers = places.isEmpty() ? Map.of() : ranks.own(places, uid);
    var items = new ArrayList<OnBoard>();
    for (PlayerBoard player : page) {
      Board board = there.get(player.board());
      if (board != null && !scored(board, player).isEmpty()) {
        items.add(onBoard(board, player, answers));
      }
    }
    return new Own(
        items, answers.values().stream().anyMatch(answer -> !answer.ready()), part.next());
  }

  /// Entries of settled periods go with the next score: until then they are passed over.
  private static List<Period> scored(Board board, PlayerBoard player) {
    return player.entries().entrySet().stream()
        .filter(entry -> entry.getValue().scored())
        .flatMap(entry -> Periods.parse(board, entry.getKey()).stream())
        .filter(period -> !board.hasSettled(period))
        .sorted(Comparator.comparing(Period::start).reversed().thenComparing(Period::kind))
        .toList();
  }

  private OnBoard onBoard(Board board, PlayerBoard player, Map<Place, RankAnswer> answers) {
    return new OnBoard(
        board.id().value(),
        board.title(),
        scored(board, player).stream()
            .map(period ->
                inPeriod(
                    player,
                    answers.getOrDefault(new Place(board, period), RankAnswer.NOT_READY),
                    board,
                    period))
            .toList(),
        PeriodView.nextReset(board, clock.instant()));
  }

  private InPeriod inPeriod(PlayerBoard player, RankAnswer answer, Board board, Period period) {
    Ranked ranked = answer.rows().isEmpty() ? null : answer.rows().getFirst();
    // What is ranked is shown as it is ranked: a moment may lie between both reads.
    Row row = ranked == null ? player.entry(period.key()).row(player.uid()) : ranked.row();
    return new InPeriod(
        PeriodView.of(board, period, clock.instant(), null),
        ranked == null ? null : (Long) ranked.rank(),
        answer.ready() ? (Long) answer.entries() : null,
        board.ranking().number(row.score()),
        board.ranking().number(row.subscore()),
        Instant.EPOCH.plus(row.at(), ChronoUnit.MICROS));
  }
}
