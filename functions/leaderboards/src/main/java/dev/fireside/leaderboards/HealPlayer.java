package dev.fireside.leaderboards;

import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.BoardStatus;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.store.BoardStore;
import dev.fireside.play.store.PlayerStore;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.cache.NotKeptException;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.social.domain.AccountStatus;
import dev.fireside.social.domain.Profile;
import dev.fireside.social.store.ProfileReader;
import java.util.Optional;

/// Puts right what depends on what a player has on a board, once that was written: the ranks, and
/// what was written while its board or the account was being deleted.
final class HealPlayer {
  private final Documents documents;
  private final BoardStore boards;
  private final Ranks ranks;
  private final ProfileReader profiles;
  private final PurgeScores purgeScores;
  private final HideSuspended hideSuspended;

  HealPlayer(
      Documents documents,
      BoardStore boards,
      Ranks ranks,
      ProfileReader profiles,
      PurgeScores purgeScores,
      HideSuspended hideSuspended) {
    this.documents = documents;
    this.boards = boards;
    this.ranks = ranks;
    this.profiles = profiles;
    this.purgeScores = purgeScores;
    this.hideSuspended = hideSuspended;
  }

  void heal(DocumentChange change) {
    BoardId id = new BoardId(change.part(1));
    Optional<Board> known = boards.get(id).filter(HealPlayer::isThere);
    // The cache may not know yet that it was created.
    Optional<Board> board = known.isPresent() ? known : boards.read(id).filter(HealPlayer::isThere);
    if (change.after() != null) {
      PlayerBoard written = PlayerStore.parse(change.after());
      if (board.isEmpty()) {
        removeWithoutBoard(written);
        return;
      }
      NotKeptException.unless(taken(board.get(), written));
      if (change.before() == null) {
        // It was on its way while the account was deleted or suspended.
        switch (status(written)) {
          case DELETED -> purgeScores.purge(written.uid());
          case SUSPENDED -> hideSuspended.align(written.uid());
          case ACTIVE -> {}
        }
      }
    } else if (change.before() != null && board.isPresent()) {
      NotKeptException.unless(ranks.remove(board.get(), PlayerStore.parse(change.before())));
    }
  }

  /// Answers false while Redis is away.
  private boolean taken(Board board, PlayerBoard written) {
    return switch (ranks.healRecorded(board, written)) {
      case DONE -> true;
      case UNAVAILABLE -> false;
      case UNKNOWN ->
          documents
              .get(PlayerStore.path(written.board(), written.uid()))
              .map(document -> ranks.heal(board, PlayerStore.parse(document)))
              .orElse(true);
    };
  }

  private static boolean isThere(Board board) {
    return board.status() != BoardStatus.DELETED;
  }

  /// The score was on its way while the board was removed, and its id may be given again.
  private void removeWithoutBoard(PlayerBoard player) {
    String path = PlayerStore.path(player.board(), player.uid());
    documents.transact(transaction -> {
      Optional<Document> board = transaction.get(BoardStore.path(player.board()));
      if (board.map(BoardStore::parse).filter(HealPlayer::isThere).isEmpty()) {
        transaction.delete(path);
      }
      return true;
    });
  }

  private AccountStatus status(PlayerBoard player) {
    return profiles.get(player.uid()).map(Profile::status).orElse(AccountStatus.ACTIVE);
  }
}
