package dev.fireside.leaderboards.store;

import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.store.BoardStore;
import dev.fireside.play.store.PlayerStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Changes of a player's document that depend on the board as it is: both are read in one
/// transaction, so that no period is being frozen meanwhile.
public final class Entrants {
  private final Documents documents;

  public Entrants(Platform platform) {
    this.documents = platform.documents();
  }

  /// A player, and the board as it was read with them.
  public record Changed(Board board, PlayerBoard player) {}

  /// Changes what a player has.
  ///
  /// @param change the player as they are to be; the same to leave them. Is given somebody without
  ///   anything where there is no document. May throw to refuse, and may be asked more than once
  /// @return empty where there is no such board
  public Optional<Changed> change(
      BoardId id, Uid uid, BiFunction<Board, PlayerBoard, PlayerBoard> change) {
    return documents.transact(transaction -> {
      Changed before = read(transaction, id, uid);
      if (before == null) {
        return Optional.<Changed>empty();
      }
      PlayerBoard after = change.apply(before.board(), before.player());
      return Optional.of(
          after.equals(before.player())
              ? before
              : new Changed(before.board(), PlayerStore.write(transaction, after)));
    });
  }

  private static @Nullable Changed read(Transaction transaction, BoardId id, Uid uid) {
    String path = PlayerStore.path(id, uid);
    Map<String, Document> found = transaction.getAll(List.of(path, BoardStore.path(id)));
    Document document = found.get(BoardStore.path(id));
    Board board = document == null ? null : BoardStore.parse(document);
    if (board == null || !KnownBoards.isThere(board)) {
      return null;
    }
    Document player = found.get(path);
    return new Changed(
        board, player == null ? PlayerBoard.none(id, uid) : PlayerStore.parse(player));
  }
}
