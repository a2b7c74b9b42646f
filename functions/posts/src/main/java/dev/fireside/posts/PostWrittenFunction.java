package dev.fireside.posts;

import dev.fireside.posts.store.Stores;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.social.store.ProfileReader;

/// Called when a post was written, changed or removed.
public final class PostWrittenFunction extends FirestoreFunction {
  private final HealPost healPost;

  public PostWrittenFunction() {
    this(Platform.current());
  }

  PostWrittenFunction(Platform platform) {
    super(platform);
    var stores = new Stores(platform);
    this.healPost =
        new HealPost(
            stores,
            new ProfileReader(platform),
            new PurgePerson(stores.purge(), platform.topics()));
  }

  @Override
  protected void on(DocumentChange change) {
    healPost.heal(change);
  }
}
