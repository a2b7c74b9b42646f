package dev.fireside.posts;

import dev.fireside.posts.store.Stores;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.shared.ids.Ids;

/// Called when something else says what its post shall be.
public final class PublicationWrittenFunction extends FirestoreFunction {
  private final PublishPost publishPost;

  public PublicationWrittenFunction() {
    this(Platform.current());
  }

  PublicationWrittenFunction(Platform platform) {
    super(platform);
    this.publishPost = new PublishPost(new Stores(platform), platform.clock());
  }

  @Override
  protected void on(DocumentChange change) {
    publishPost.publish(Ids.fromDocumentName(change.id()));
  }
}
