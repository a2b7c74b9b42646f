package dev.fireside.leaderboards;

import dev.fireside.play.domain.Board;
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
import java.util.List;
import java.util.Map;

/// Removes what a deleted person has on boards, but for the final ranks of settled periods. It
/// removes whatever exists, so that it can be begun again at any time; the event of each document
/// takes the person out of the ranks.
final class PurgeScores {
  /// The topic of what is left to do.
  static final String TOPIC = "leaderboards-purge-player";

  private static final int PAGE = 100;

  /// Each document is a transaction of its own: one page in one go.
  private static final int PAGES_MAX = 1;

  private final Documents documents;
  private final PlayerStore players;
  private final Continuation<Rest> pages;

  PurgeScores(Platform platform) {
    this.documents = platform.documents();
    this.players = new PlayerStore(platform);
    this.pages =
        new Continuation<>(platform.topics(), TOPIC, PAGES_MAX, rest -> removePageOf(rest.uid()));
  }

  /// A message to go on.
  record Rest(Uid uid) {}

  void purge(Uid uid) {
    pages.run(new Rest(uid));
  }

  private boolean removePageOf(Uid uid) {
    List<PlayerBoard> page = players.ofPlayer(uid, null, PAGE);
    for (PlayerBoard player : page) {
      documents.writeIfUnchanged(writes -> {
        remove(writes, player);
        return player;
      });
    }
    return page.size() == PAGE;
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
      for (Document period : counted(BoardStore.parse(board), PlayerStore.parse(document))) {
        long size = PeriodStore.parse(period).size();
        writes.update(period, Map.of("size", Math.max(0, size - 1)));
      }
    }
    writes.delete(document);
  }

  /// The periods that count the player and still take others.
  private List<Document> counted(Board board, PlayerBoard player) {
    if (board.limits().maxSize() == null) {
      return List.of();
    }
    List<String> paths =
        player.entries().keySet().stream()
            .flatMap(key -> Periods.parse(board, key).stream())
            .filter(period -> !board.hasClosed(period))
            .map(period -> PeriodStore.path(board.id(), period.key()))
            .toList();
    return List.copyOf(documents.getAll(paths).values());
  }
}
