package dev.fireside.emulator.database.wire;

import dev.fireside.emulator.database.auth.Identity;
import io.netty.channel.EventLoop;
import java.time.Clock;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Calls when a client's token has expired.
final class Expiry {
  private static final long SECOND_MS = 1_000;

  private final EventLoop loop;
  private final Clock clock;
  private @Nullable Future<?> next;

  Expiry(EventLoop loop, Clock clock) {
    this.loop = loop;
    this.clock = clock;
  }

  /// Calls when this token expires, and not when an earlier one does.
  void at(Identity who, Runnable expired) {
    cancel();
    if (who.expires()) {
      long delay = Math.max(0, who.expiresAt() * SECOND_MS - clock.millis());
      next = loop.schedule(expired, delay, TimeUnit.MILLISECONDS);
    }
  }

  boolean isOver(Identity who) {
    return who.expiresAt() <= clock.instant().getEpochSecond();
  }

  void cancel() {
    if (next != null) {
      next.cancel(false);
      next = null;
    }
  }
}
