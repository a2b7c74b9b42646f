package dev.fireside.shared.realtime;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Realtime Database of a project that has none.
final class UnconfiguredRealtimeDatabase implements RealtimeDatabase {
  private static final Logger log = LoggerFactory.getLogger(UnconfiguredRealtimeDatabase.class);

  private final AtomicBoolean said = new AtomicBoolean();

  @Override
  public void update(Map<String, ? extends @Nullable Object> values) {
    if (said.compareAndSet(false, true)) {
      log.info("FIREBASE_DATABASE_URL is not set: nothing goes to the Realtime Database");
    }
  }

  @Override
  public Set<String> keys(String path) {
    return Set.of();
  }

  @Override
  public void close() {}
}
