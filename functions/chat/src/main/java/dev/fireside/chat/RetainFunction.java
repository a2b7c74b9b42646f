package dev.fireside.chat;

import dev.fireside.chat.store.PurgeStore;
import dev.fireside.chat.store.Stores;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.ScheduledFunction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Removes messages that are older than the project keeps them. What one run does not reach is left
/// to the next.
public final class RetainFunction extends ScheduledFunction {
  /// Pages of one run: well within its time.
  private static final int PAGES_MAX = 100;

  private static final int DAYS_MAX = 36_500;

  private final PurgeStore store;
  private final Clock clock;
  private final int days;

  public RetainFunction() {
    this(Platform.current());
  }

  RetainFunction(Platform platform) {
    super(platform);
    this.store = new PurgeStore(platform, Stores.of(platform));
    this.clock = platform.clock();
    this.days = platform.config().number("CHAT_RETENTION_DAYS", 0, 0, DAYS_MAX);
  }

  @Override
  protected void run(Instant scheduled) {
    if (days == 0) {
      return;
    }
    Instant before = clock.instant().minus(Duration.ofDays(days));
    for (int page = 0; page < PAGES_MAX; page++) {
      if (!store.purgePageBefore(before)) {
        return;
      }
    }
  }
}
