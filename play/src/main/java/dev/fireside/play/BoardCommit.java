package dev.fireside.play;

import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.BoardStatus;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.domain.Scoring;
import dev.fireside.play.store.BoardStore;
import dev.fireside.play.store.KeptBoards;
import dev.fireside.play.store.PlayerStore;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Writes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One commit about one player on a board: what was read for it, and what is written in it.
/// [BoardCommits] opens it.
///
/// @param board as it is
/// @param player what the player has
/// @param periods those that take scores, in the board's order
/// @param sizes by key of a period, how many players it has; kept up to date by [#write]. Empty
///   where no player is one more
/// @param now what the clock showed
/// @param read what was read
/// @param writes takes what is written
record BoardCommit(
    Board board,
    PlayerBoard player,
    List<Period> periods,
    Map<String, Long> sizes,
    Instant now,
    Documents.Snapshot read,
    Writes writes) {

  /// The documents that a commit is opened with. The player's first: whoever is retried waits for
  /// those who named the same document first.
  ///
  /// @param more paths of others
  static List<String> paths(BoardId board, Uid uid, List<String> more) {
    var paths = new ArrayList<>(List.of(PlayerStore.path(board, uid), BoardStore.path(board)));
    paths.addAll(more);
    return paths;
  }

  /// A commit that has read [#paths], with no sizes. Throws a 404 problem where there is no such
  /// board.
  static BoardCommit of(
      KeptBoards boards, BoardId id, Uid uid, Instant now, Documents.Snapshot read, Writes writes) {
    Document stored = read.documents().get(BoardStore.path(id));
    Board board = stored == null ? null : boards.parse(stored);
    if (board == null || board.status() == BoardStatus.DELETED) {
      throw ProblemException.notFound("leaderboard");
    }
    Document found = read.documents().get(PlayerStore.path(id, uid));
    return new BoardCommit(
        board,
        found == null ? PlayerBoard.none(id, uid) : PlayerStore.parse(found),
        Periods.open(board, now),
        new HashMap<>(),
        now,
        read,
        writes);
  }

  /// The same with the sizes of all open periods, which [#write] changes.
  BoardCommit counting(Map<String, Long> known) {
    return new BoardCommit(board, player, periods, known, now, read, writes);
  }

  /// One of the other documents that were asked for; empty where it does not exist.
  Optional<Document> document(String path) {
    return Optional.ofNullable(read.documents().get(path));
  }

  /// When it was read, in microseconds since 1970 by Firestore's clock.
  long at() {
    return Document.versionOf(read.readTime());
  }

  /// The periods in which the player would be one more, on a board that counts them.
  List<Period> firstEntries() {
    return Scoring.firstEntries(board, player, periods);
  }

  /// Writes what the player has from now on, and counts the player in every period that is new.
  ///
  /// @return as it is written
  PlayerBoard write(PlayerBoard changed) {
    for (Period period : firstEntries()) {
      if (changed.entries().containsKey(period.key())) {
        sizes.merge(period.key(), 1L, Long::sum);
      }
    }
    Document asRead = read.documents().get(PlayerStore.path(player.board(), player.uid()));
    return PlayerStore.write(writes, asRead, at(), changed);
  }

  /// Changes another of the documents that were read.
  void update(Document asRead, Map<String, Object> fields) {
    writes.update(asRead, fields);
  }
}
