package dev.fireside.shared.cache;

import dev.fireside.shared.redis.RedisUnavailableException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keys looked up in a batch; read with [#get] once the batch has run.
///
/// @param <V> the type of the values
public final class Lookup<V> {
  private final Cache<V> cache;
  private final Map<String, Supplier<@Nullable String>> answers;

  Lookup(Cache<V> cache, Map<String, Supplier<@Nullable String>> answers) {
    this.cache = cache;
    this.answers = answers;
  }

  /// The values, loaded where the cache did not have them; absent ones are left out.
  public Map<String, V> get(Function<Set<String>, Map<String, Versioned<V>>> loader) {
    var raw = new LinkedHashMap<String, @Nullable String>();
    for (Map.Entry<String, Supplier<@Nullable String>> answer : answers.entrySet()) {
      raw.put(answer.getKey(), read(answer.getValue()));
    }
    return cache.resolve(raw, loader);
  }

  private static @Nullable String read(Supplier<@Nullable String> answer) {
    try {
      return answer.get();
    } catch (RedisUnavailableException e) {
      return null;
    }
  }
}
