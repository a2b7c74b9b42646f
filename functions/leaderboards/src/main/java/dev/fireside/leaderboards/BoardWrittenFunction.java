package dev.fireside.leaderboards;

import dev.fireside.leaderboards.deltas.NoteChange;
import dev.fireside.leaderboards.store.BoardRemains;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.store.BoardStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;

/// Called when a board was written, changed or removed.
public final class BoardWrittenFunction extends FirestoreFunction {
  private final HealBoard healBoard;
  private final NoteChange noteChange;

  public BoardWrittenFunction() {
    this(Platform.current());
  }

  BoardWrittenFunction(Platform platform) {
    super(platform);
    this.healBoard =
        new HealBoard(
            new BoardStore(platform),
            new PurgeBoard(new BoardRemains(platform), platform.topics()));
    this.noteChange = new NoteChange(platform);
  }

  @Override
  protected void on(DocumentChange change) {
    Board after = change.after() == null ? null : BoardStore.parse(change.after());
    if (BoardId.isValid(change.id())) {
      healBoard.heal(new BoardId(change.id()), after, change.version());
      if (change.before() != null
          && after != null
          && BoardStore.parse(change.before()).visibleTop() != after.visibleTop()) {
        noteChange.note(after);
      }
    }
  }
}
