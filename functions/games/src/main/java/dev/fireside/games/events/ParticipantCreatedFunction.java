package dev.fireside.games.events;

import dev.fireside.games.purge.PurgePlayer;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.shared.ids.Uid;

/// Called when somebody has joined a live event: removes who was being deleted meanwhile.
public final class ParticipantCreatedFunction extends FirestoreFunction {
  private final PurgePlayer purgePlayer;

  public ParticipantCreatedFunction() {
    this(Platform.current());
  }

  ParticipantCreatedFunction(Platform platform) {
    super(platform);
    this.purgePlayer = new PurgePlayer(platform);
  }

  @Override
  protected void on(DocumentChange change) {
    purgePlayer.purgeIfGone(new Uid(change.id()));
  }
}
