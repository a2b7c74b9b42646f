package dev.fireside.posts;

import dev.fireside.posts.store.PurgeStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.ScheduledFunction;
import java.time.Duration;
import java.time.Instant;

/// Removes posts for good that were deleted some days ago.
public final class PurgeFunction extends ScheduledFunction {
  private static final Duration KEPT = Duration.ofDays(7);

  private final PurgePosts purgePosts;

  public PurgeFunction() {
    this(Platform.current());
  }

  PurgeFunction(Platform platform) {
    super(platform);
    this.purgePosts =
        new PurgePosts(
            new PurgeStore(platform),
            platform.clock(),
            platform.config().duration("POSTS_PURGE_AFTER", KEPT));
  }

  @Override
  protected void run(Instant scheduled) {
    purgePosts.purge();
  }
}
