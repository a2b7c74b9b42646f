package dev.fireside.feed;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.ScheduledFunction;
import java.time.Instant;

/// It is time to look whether pulled authors can be pushed again.
public final class ReviewFunction extends ScheduledFunction {
  private final ReviewPulled reviewPulled;

  public ReviewFunction() {
    this(Platform.current());
  }

  ReviewFunction(Platform platform) {
    super(platform);
    this.reviewPulled = new ReviewPulled(platform);
  }

  @Override
  protected void run(Instant scheduled) {
    reviewPulled.review();
  }
}
