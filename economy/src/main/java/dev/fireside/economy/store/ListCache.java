package dev.fireside.economy.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.shared.Platform;
import dev.fireside.shared.cache.Cache;
import dev.fireside.shared.cache.Versioned;
import dev.fireside.shared.store.Document;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// One value made from many documents, in Redis under one key.
///
/// Its version is the time as of which it was read, by Firestore's own clock. A writer leaves a
/// mark with the time of its commit, and nothing read before that comes back.
///
/// @param <V> the type of the value, written as JSON
public final class ListCache<V> {
  private static final String ONLY = "";

  private final Cache<V> cache;

  /// @param key the key in Redis
  /// @param ttl life of the value
  public ListCache(Platform platform, String key, Class<V> type, Duration ttl) {
    this.cache = platform.cache(key + "{}", type, ttl, ttl);
  }

  /// A value as of an instant.
  public record Read<V>(V value, Instant readTime) {}

  /// The value, loaded where it is missing or marked.
  public V get(Supplier<Read<V>> loader) {
    Optional<V> cached = cache.get(ONLY, _ -> versioned(loader.get()));
    return cached.orElseGet(() -> {
      Read<V> read = loader.get();
      cache.put(ONLY, versioned(read));
      return read.value();
    });
  }

  /// Marks everything read before a commit as outdated. Called after commits and by events.
  ///
  /// @return false while Redis is away: then an event has to come again
  @CanIgnoreReturnValue
  public boolean outdate(Instant commit) {
    return outdate(Document.versionOf(commit));
  }

  /// The same, with the version of the document that was written.
  @CanIgnoreReturnValue
  public boolean outdate(long version) {
    return cache.put(ONLY, Versioned.absent(version));
  }

  private static <V> Versioned<V> versioned(Read<V> read) {
    return Versioned.of(Document.versionOf(read.readTime()), read.value());
  }
}
