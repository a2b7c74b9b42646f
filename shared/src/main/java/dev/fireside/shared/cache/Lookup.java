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
  private final List<Supplier<@Nullable String>> texts;

  Lookup(Cache<V> cache, List<String> keys, List<Supplier<@Nullable String>> texts) {
    this.cache = cache;
    this.keys = keys;
    this.texts = texts;
  }

  /// The same without the other keys, which are then not loaded either.
  public Lookup<V> only(Set<String> wanted) {
    var some = new ArrayList<String>();
    var theirs = new ArrayList<Supplier<@Nullable String>>();
    for (int i = 0; i < keys.size(); i++) {
      if (wanted.contains(keys.get(i))) {
        some.add(keys.get(i));
        theirs.add(texts.get(i));
      }
    }
    return new Lookup<>(cache, some, theirs);
  }

  /// The values, loaded where the cache did not have them; absent ones are left out.
  public Map<String, V> get(Function<Set<String>, Map<String, Versioned<V>>> loader) {
    var read = new ArrayList<@Nullable String>(texts.size());
    for (Supplier<@Nullable String> text : texts) {
      read.add(read(text));
    }
    return cache.resolve(keys, read, loader);
  }

  private static @Nullable String read(Supplier<@Nullable String> text) {
    try {
      return text.get();
    } catch (RedisUnavailableException e) {
      return null;
    }
  }
}
