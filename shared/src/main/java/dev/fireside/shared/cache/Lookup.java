package dev.fireside.shared.cache;

import dev.fireside.shared.redis.RedisUnavailableException;
import java.util.ArrayList;
import java.util.List;
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
  private final List<String> keys;
  private final List<Supplier<@Nullable String>> answers;

  /// @param answers in the order of the keys
  Lookup(Cache<V> cache, List<String> keys, List<Supplier<@Nullable String>> answers) {
    this.cache = cache;
    this.keys = keys;
    this.answers = answers;
  }

  /// The values, loaded where the cache did not have them; absent ones are left out.
  public Map<String, V> get(Function<Set<String>, Map<String, Versioned<V>>> loader) {
    var texts = new ArrayList<@Nullable String>(answers.size());
    for (Supplier<@Nullable String> answer : answers) {
      texts.add(read(answer));
    }
    return cache.resolve(keys, texts, loader);
  }

  private static @Nullable String read(Supplier<@Nullable String> text) {
    try {
      return text.get();
    } catch (RedisUnavailableException e) {
      return null;
    }
  }
}
