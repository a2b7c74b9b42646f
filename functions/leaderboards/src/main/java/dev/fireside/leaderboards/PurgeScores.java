package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.RewardStore;
import dev.fireside.leaderboards.store.SettlementStore;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.PeriodState;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.store.BoardStore;
import dev.fireside.play.store.PeriodStore;
import dev.fireside.play.store.PlayerStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.Continuation;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Writes;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Removes what a deleted person has on boards; of the final ranks of settled periods a row without
/// the person is left, since the ranks of the others were rewarded. It removes whatever exists, so
/// that it can be begun again at any time; the event of each document takes the person out of the
/// ranks of open periods.
final class PurgeScores {
  /// The topic of what is left to do.
  static final String TOPIC = "leaderboards-purge-player";

  private static final int PAGE = 100;

  /// Each document is a transaction of its own: one page in one go.
  private static final int PAGES_MAX = 1;

  /// A period that ends sooner may be frozen before this is committed.
  private static final Duration FREEZE_MARGIN = Duration.ofMinutes(2);

  private final Documents documents;
  private final PlayerStore players;
  private final FinalRows finalRows;
  private final RewardStore rewards;
  private final Clock clock;
  private final Continuation<Rest> pages;

  PurgeScores(Platform platform) {
    this.documents = platform.documents();
    this.players = new PlayerStore(platform);
    this.finalRows = new FinalRows(platform);
    this.rewards = new RewardStore(platform);
    this.clock = platform.clock();
    this.pages =
        new Continuation<>(platform.topics(), TOPIC, PAGES_MAX, rest -> removePageOf(rest.uid()));
  }

  /// A message to go on.
  record Rest(Uid uid) {}

  void purge(Uid uid) {
    pages.run(new Rest(uid));
  }

  /// @return whether there may be more
  private boolean removePageOf(Uid uid) {
    List<PlayerBoard> page = players.ofPlayer(uid, null, PAGE);
    for (PlayerBoard player : page) {
      documents.writeIfUnchanged(writes -> {
        remove(writes, player);
        return player;
      });
    }
    return page.size() == PAGE || finalRows.erasePage(uid) || rewards.forget(uid, PAGE);
  }

  private void remove(Writes writes, PlayerBoard seen) {
    String path = PlayerStore.path(seen.board(), seen.uid());
    Map<String, Document> read = documents.getAll(List.of(path, BoardStore.path(seen.board())));
    Document document = read.get(path);
    if (document == null) {
      return;
    }
    Document board = read.get(BoardStore.path(seen.board()));
    if (board != null) {
      leave(writes, BoardStore.parse(board), PlayerStore.parse(document));
    }
    writes.delete(document);
  }

  private void leave(Writes writes, Board board, PlayerBoard player) {
    List<Period> periods =
        player.entries().keySet().stream()
            .flatMap(key -> Periods.parse(board, key).stream())
            .filter(period -> !board.hasSettled(period))
            .toList();
    Map<String, Document> read =
        documents.getAll(
            periods.stream().map(period -> PeriodStore.path(board.id(), period.key())).toList());
    for (Period period : periods) {
      String path = PeriodStore.path(board.id(), period.key());
      Document document = read.get(path);
      Map<String, Object> fields = left(board, period, document, player.uid());
      if (!fields.isEmpty()) {
        writes.write(path, document, fields);
      }
    }
  }

  /// What changes in a period's document when a player leaves it.
  private Map<String, Object> left(
      Board board, Period period, @Nullable Document document, Uid uid) {
    var fields = new HashMap<String, Object>();
    boolean open = document == null || PeriodStore.parse(document).state() == PeriodState.OPEN;
    if (open && document != null && board.limits().maxSize() != null) {
      fields.put("size", Math.max(0, PeriodStore.parse(document).size() - 1));
    }
    boolean ends = period.endedBy(clock.instant().plus(FREEZE_MARGIN));
    if (open ? ends : SettlementStore.isFreezing(document)) {
      if (document == null) {
        fields.putAll(PeriodStore.sized(period, 0));
      }
      // Whoever freezes it may have read the player a moment ago.
      PeriodStore.addGone(fields, uid);
    }
    return fields;
  }
}
