package dev.fireside.play.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fireside.play.domain.Board;
import dev.fireside.shared.store.Document;
import java.time.Instant;

/// Boards from their documents. Every score reads its board, which is mostly as it was: that one is
/// parsed once.
public final class KeptBoards {
  private static final int BOARDS_MAX = 1_000;

  private final Cache<String, Kept> kept = Caffeine.newBuilder().maximumSize(BOARDS_MAX).build();

  private record Kept(Instant updateTime, Board board) {}

  /// The board of a document.
  public Board parse(Document document) {
    Kept known = kept.getIfPresent(document.path());
    if (known != null && known.updateTime().equals(document.updateTime())) {
      return known.board();
    }
    Board board = BoardStore.parse(document);
    kept.put(document.path(), new Kept(document.updateTime(), board));
    return board;
  }
}
