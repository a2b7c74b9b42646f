package dev.fireside.leaderboards;

import dev.fireside.play.domain.HiddenBy;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.store.PlayerStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.social.domain.AccountStatus;
import dev.fireside.social.store.ProfileReader;
import java.util.List;
import java.util.Map;

/// Hides somebody whose account is suspended on all boards, and shows them once that is lifted. It
/// does what the account says now, so that events may come twice and in any order; the event of
/// each document takes it over into the ranks.
final class HideSuspended {
  private static final int PAGE = 100;

  private final Documents documents;
  private final PlayerStore players;

  HideSuspended(Platform platform) {
    this.documents = platform.documents();
    this.players = new PlayerStore(platform);
  }

  void align(Uid uid) {
    String after = null;
    List<PlayerBoard> page;
    do {
      page = players.ofPlayer(uid, after, PAGE);
      for (PlayerBoard player : page) {
        after = PlayerStore.path(player.board(), uid);
        align(uid, after);
      }
    } while (page.size() == PAGE);
  }

  private void align(Uid uid, String path) {
    documents.transact(transaction -> {
      String account = ProfileReader.path(uid);
      Map<String, Document> found = transaction.getAll(List.of(path, account));
      Document document = found.get(path);
      Document profile = found.get(account);
      if (document == null || profile == null) {
        return path;
      }
      boolean suspended = ProfileReader.parse(profile).status() == AccountStatus.SUSPENDED;
      PlayerBoard before = PlayerStore.parse(document);
      PlayerBoard after = before.with(HiddenBy.SUSPENSION, suspended);
      if (!after.equals(before)) {
        var _ = PlayerStore.write(transaction, after);
      }
      return path;
    });
  }
}
