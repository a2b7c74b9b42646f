package dev.fireside.leaderboards;

import dev.fireside.leaderboards.deltas.NoteChange;
import dev.fireside.leaderboards.store.DirtyTops.Place;
import dev.fireside.leaderboards.store.SettlementStore;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.store.BoardStore;
import dev.fireside.play.store.ChunkStore;
import dev.fireside.play.store.PeriodStore;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.Platform;
import dev.fireside.shared.cache.NotKeptException;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import java.util.HashMap;
import java.util.List;

/// Takes people out of final ranks who are deleted, or whose score is removed at the last moment,
/// and out of what was made of these: the ranks in Redis, and the tops that were published.
final class FinalRows {
  private static final int CHUNKS_PER_PAGE = 20;

  private final Documents documents;
  private final ChunkStore chunks;
  private final BoardStore boards;
  private final Ranks ranks;
  private final NoteChange noteChange;

  FinalRows(Platform platform) {
    this.documents = platform.documents();
    this.chunks = new ChunkStore(platform);
    this.boards = new BoardStore(platform);
    this.ranks = new Ranks(platform);
    this.noteChange = new NoteChange(platform);
  }

  /// Takes a person out of some periods. Throws while Redis is away: then the event has to come
  /// again.
  ///
  /// @return whether there may be more
  boolean erasePage(Uid uid) {
    List<String> page = chunks.naming(uid, CHUNKS_PER_PAGE);
    page.forEach(path -> erase(path, uid));
    return page.size() == CHUNKS_PER_PAGE;
  }

  /// Has a row that is being written taken out of the ranks of a period.
  ///
  /// @return false where nobody is writing them: then they are there, or begun after this
  boolean leaveFreezing(BoardId board, Period period, Uid uid) {
    String path = PeriodStore.path(board, period.key());
    return documents.writeIfUnchanged(writes -> {
      Document document = documents.get(path).orElse(null);
      if (document == null || !SettlementStore.isFreezing(document)) {
        return false;
      }
      var fields = new HashMap<String, Object>();
      PeriodStore.addGone(fields, uid);
      writes.update(document, fields);
      return true;
    });
  }

  /// Takes a person out of one period.
  void eraseFrom(BoardId board, Period period, Uid uid) {
    chunks.naming(board, period.key(), uid).ifPresent(path -> erase(path, uid));
  }

  private void erase(String path, Uid uid) {
    chunks.erase(path, uid);
    dropCopies(path);
    // Last: begun anew, it is found by this.
    chunks.forget(path, uid);
  }

  private void dropCopies(String chunk) {
    String[] names = chunk.split("/", -1);
    var place = new Place(new BoardId(names[1]), names[3]);
    boards
        .get(place.board())
        .ifPresent(board ->
            Periods.parse(board, place.period())
                .filter(board::hasSettled)
                .ifPresent(period -> NotKeptException.unless(ranks.drop(board, period))));
    noteChange.note(List.of(place));
  }
}
