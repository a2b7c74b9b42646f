package dev.fireside.leaderboards;

import dev.fireside.leaderboards.deltas.NoteChange;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.store.BoardStore;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.store.ProfileReader;

/// Called when what a player has on a board was written or removed.
public final class PlayerWrittenFunction extends FirestoreFunction {
  private final HealPlayer healPlayer;
  private final NoteChange noteChange;

  public PlayerWrittenFunction() {
    this(Platform.current());
  }

  PlayerWrittenFunction(Platform platform) {
    super(platform);
    this.healPlayer =
        new HealPlayer(
            platform.documents(),
            new BoardStore(platform),
            new Ranks(platform),
            new ProfileReader(platform),
            new PurgeScores(platform),
            new HideSuspended(platform));
    this.noteChange = new NoteChange(platform);
  }

  @Override
  protected void on(DocumentChange change) {
    if (BoardId.isValid(change.part(1)) && Uid.isValid(change.id())) {
      healPlayer.heal(change);
      noteChange.note(change);
    }
  }
}
