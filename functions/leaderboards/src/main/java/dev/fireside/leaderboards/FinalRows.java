package dev.fireside.leaderboards;

import dev.fireside.leaderboards.deltas.NoteChange;
import dev.fireside.leaderboards.store.DirtyTops.Place;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.store.BoardStore;
import dev.fireside.play.store.ChunkStore;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.Platform;
import dev.fireside.shared.cache.NotKeptException;
import dev.fireside.shared.ids.Uid;
import java.util.List;

/// Takes deleted people out of the final ranks of settled periods, and out of what was made of
/// these: the ranks in Redis, and the tops that were published.
final class FinalRows {
  private static final int CHUNKS_PER_PAGE = 20;

  private final ChunkStore chunks;
  private final BoardStore boards;
  private final Ranks ranks;
  private final NoteChange noteChange;

  FinalRows(Platform platform) {
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
    for (String path : page) {
      chunks.erase(path, uid);
      dropCopies(path);
      // Last: begun anew, it is found by this.
      chunks.forget(path, uid);
    }
    return page.size() == CHUNKS_PER_PAGE;
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
