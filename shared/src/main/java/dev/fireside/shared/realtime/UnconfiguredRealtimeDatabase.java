package dev.fireside.shared.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
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
  public String name() {
    return "none";
  }

  @Override
  public @Nullable String url() {
    return null;
  }

  @Override
  public void update(Map<String, ? extends @Nullable Object> values) {
    if (said.compareAndSet(false, true)) {
      log.info("FIREBASE_DATABASE_URLS is not set: nothing goes to the Realtime Database");
    }
  }

  @Override
  public JsonNode get(String path) {
    return NullNode.getInstance();
  }

  @Override
  public Tagged read(String path) {
    return new Tagged(NullNode.getInstance(), "null_etag");
  }

  @Override
  public boolean putIf(String path, @Nullable Object value, String tag) {
    update(Map.of());
    return true;
  }

  @Override
  public Set<String> keys(String path) {
    return Set.of();
  }
}
