package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.BoardRemains;
import dev.fireside.play.domain.BoardId;
import dev.fireside.shared.events.Continuation;
import dev.fireside.shared.events.Topics;

/// Removes a deleted board with all below it, and its ranks. It removes whatever exists, so that it
/// can be begun again at any time; the board's own document goes last, and with it the id is free.
final class PurgeBoard {
  static final String TOPIC = "leaderboards-purge";

  /// Pages in one go; the rest is left to the next message.
  private static final int PAGES_MAX = 20;

  private final BoardRemains remains;
  private final Continuation<Rest> pages;

  PurgeBoard(BoardRemains remains, Topics topics) {
    this.remains = remains;
    this.pages =
        new Continuation<>(
            topics, TOPIC, PAGES_MAX, rest -> remains.removePage(new BoardId(rest.board())));
  }

  /// A message to go on.
  record Rest(String board) {}

  void purge(BoardId id) {
    if (remains.isDeleted(id) && pages.run(new Rest(id.value()))) {
      remains.removeBoard(id);
    }
  }
}
