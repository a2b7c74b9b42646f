package dev.fireside.accounts;

import dev.fireside.accounts.store.Link;
import dev.fireside.accounts.store.Links;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;

/// Called when a mute was made or ended.
public final class MuteWrittenFunction extends FirestoreFunction {
  private final HealLink healLink;

  public MuteWrittenFunction() {
    this(Platform.current());
  }

  MuteWrittenFunction(Platform platform) {
    super(platform);
    this.healLink = new HealLink(new Links(platform));
  }

  @Override
  protected void on(DocumentChange change) {
    healLink.heal(Link.MUTE, change);
  }
}
