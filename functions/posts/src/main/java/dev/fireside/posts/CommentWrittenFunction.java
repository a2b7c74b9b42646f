package dev.fireside.posts;

import dev.fireside.posts.store.Stores;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;

/// Called when a comment was written, changed or removed.
public final class CommentWrittenFunction extends FirestoreFunction {
  private final HealComment healComment;

  public CommentWrittenFunction() {
    this(Platform.current());
  }

  CommentWrittenFunction(Platform platform) {
    super(platform);
    this.healComment = new HealComment(new Stores(platform));
  }

  @Override
  protected void on(DocumentChange change) {
    healComment.heal(change);
  }
}
