package dev.fireside.feed;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.shared.events.PoisonEventException;
import dev.fireside.social.domain.PostEntry;
import dev.fireside.social.store.PostDocument;

/// A post was created: it is delivered.
public final class PostCreatedFunction extends FirestoreFunction {
  private final DeliverPost deliverPost;

  public PostCreatedFunction() {
    this(Platform.current());
  }

  PostCreatedFunction(Platform platform) {
    super(platform);
    this.deliverPost = new DeliverPost(platform, Stores.of(platform));
  }

  @Override
  protected void on(DocumentChange change) {
    if (change.after() != null) {
      deliverPost.deliver(entry(change));
    }
  }

  private static PostEntry entry(DocumentChange change) {
    try {
      return PostEntry.of(PostDocument.parse(java.util.Objects.requireNonNull(change.after())));
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new PoisonEventException("The document is not a post", e);
    }
  }
}
