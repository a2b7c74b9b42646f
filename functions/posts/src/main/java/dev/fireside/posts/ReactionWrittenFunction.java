package dev.fireside.posts;

import dev.fireside.posts.store.Stores;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.social.store.ReactionReader;

/// Called when somebody's reactions to a post were written or removed.
public final class ReactionWrittenFunction extends FirestoreFunction {
  private final HealReaction healReaction;

  public ReactionWrittenFunction() {
    this(Platform.current());
  }

  ReactionWrittenFunction(Platform platform) {
    super(platform);
    this.healReaction = new HealReaction(new Stores(platform), new ReactionReader(platform));
  }

  @Override
  protected void on(DocumentChange change) {
    healReaction.heal(change);
  }
}
