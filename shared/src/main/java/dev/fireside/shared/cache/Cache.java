package dev.fireside.shared.cache;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.load.Errand;
import dev.fireside.shared.load.GivenUpException;
import dev.fireside.shared.load.OverloadedException;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.redis.RedisUnavailableException;
import dev.fireside.shared.redis.Script;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Read-through cache of one kind of value.
///
/// An entry carries the version of what it copies, and an older version never replaces a newer one:
/// a slow reader cannot bring back what a writer has just changed, whatever the order of arrival.
/// Absence is an entry too. Entries live `ttl` give or take a tenth, so that they do not all expire
/// at once; past `freshFor` an entry is still served while one caller refreshes it. Callers of one
/// process who miss the same key load it once. While Redis is away everything is loaded.
///
/// Meters: `cache.gets` with `cache` and `result` (`hit`, `stale`, `miss`).
///
/// @param <V> the type of the values, written as JSON
public final class Cache<V> {
  private static final int PARSED_MAX = 16_384;
  private static final Logger log = LoggerFactory.getLogger(Cache.class);

  /// Longer than any load takes: who waited so long loads by themselves.
  private static final Duration JOINED_MAX = Duration.ofSeconds(30);

  private static final double TTL_JITTER = 0.1;

  // An entry is `<version>|<fresh until, epoch ms>|<JSON or nothing>`.
  private static final Script SET_IF_NEWER =
      Script.of(
          """
          local current = redis.call('GET', KEYS[1])
          if current then
            local version = tonumber(string.match(current, '^(%d+)|'))
            if version and version > tonumber(ARGV[1]) then
              return 0
            end
          end
          redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
          return 1
          """);

  /// What was parsed lately, since the same people stand on page after page. Hence values must not
  /// be changed by those who get them.
  private final Memo<String, Entry<V>> parsed = Memo.byValue(PARSED_MAX);

  private final Redis redis;
  private final Clock clock;
  private final String name;
  private final String prefix;
  private final String suffix;
  private final ObjectReader reader;
  private final Duration ttl;
  private final Duration freshFor;
  private final Map<String, CompletableFuture<Versioned<V>>> loading = new ConcurrentHashMap<>();
  private final Counter hits;
  private final Counter stale;
  private final Counter misses;

  /// @param name the keys, with `{}` where the key goes, such as `user:{}:profile`; also the
  ///   `cache` tag of the meters
  /// @param ttl life of an entry in Redis
  /// @param freshFor age up to which an entry is served without refreshing; at most `ttl`
  public Cache(
      Redis redis,
      MeterRegistry meters,
      Clock clock,
      String name,
      Class<V> type,
      Duration ttl,
      Duration freshFor) {
    this.redis = redis;
    this.clock = clock;
    int hole = name.indexOf("{}");
    this.name = name;
    this.prefix = name.substring(0, hole);
    this.suffix = name.substring(hole + 2);
    // What stands in the cache was written here: nothing to check for keys that come twice.
    this.reader =
        Json.mapper().readerFor(type).without(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    this.ttl = ttl;
    this.freshFor = freshFor;
    this.hits = meters.counter("cache.gets", "cache", name, "result", "hit");
    this.stale = meters.counter("cache.gets", "cache", name, "result", "stale");
    this.misses = meters.counter("cache.gets", "cache", name, "result", "miss");
  }

  /// One value, loaded where the cache does not have it.
  public Optional<V> get(String key, Function<String, Versioned<V>> loader) {
    Map<String, V> found =
        getAll(
            List.of(key),
            keys -> {
              var loaded = new HashMap<String, Versioned<V>>();
              keys.forEach(k -> loaded.put(k, loader.apply(k)));
              return loaded;
            });
    return Optional.ofNullable(found.get(key));
  }

  /// One value that is cached and fresh; loads nothing and writes nothing. For values that are
  /// loaded on their own, by callers who must not wait for a load that began before them.
  public Optional<V> peek(String key) {
    String text = redis.<@Nullable String>callOr(null, client -> client.get(redisKey(key)));
    Entry<V> entry = text == null ? null : entry(key, text);
    if (entry == null || entry.value() == null || entry.freshUntil() < clock.millis()) {
      misses.increment();
      return Optional.empty();
    }
    hits.increment();
    return Optional.of(entry.value());
  }

  /// Many values in one round trip, in the order asked for; those the cache does not have are
  /// loaded in one call. Absent ones are left out.
  ///
  /// @param loader answers every key it is given, with [Versioned#absent] for what is not there
  public Map<String, V> getAll(
      Collection<String> keys, Function<Set<String>, Map<String, Versioned<V>>> loader) {
    var batch = redis.batch();
    Lookup<V> lookup = lookup(batch, keys);
    batch.runOrGiveUp();
    return lookup.get(loader);
  }

  /// Adds a lookup to a batch that reads other things too. After the batch has run, [Lookup#get]
  /// loads what was missing.
  public Lookup<V> lookup(Batch batch, Collection<String> keys) {
    var distinct = List.copyOf(new LinkedHashSet<>(keys));
    var redisKeys = new ArrayList<String>(distinct.size());
    distinct.forEach(key -> redisKeys.add(redisKey(key)));
    return new Lookup<>(this, distinct, batch.texts(redisKeys));
  }

  /// @param keys what was asked for, each once
  /// @param texts what Redis has, in the same order; null where it has nothing
  Map<String, V> resolve(
      List<String> keys,
      List<@Nullable String> texts,
      Function<Set<String>, Map<String, Versioned<V>>> loader) {
    var values = LinkedHashMap.<String, V>newLinkedHashMap(keys.size());
    var missing = new LinkedHashSet<String>();
    var outdated = new LinkedHashMap<String, Long>();
    long now = clock.millis();
    for (int i = 0; i < keys.size(); i++) {
      String text = texts.get(i);
      Entry<V> entry = text == null ? null : entry(keys.get(i), text);
      if (entry == null) {
        missing.add(keys.get(i));
        continue;
      }
      if (entry.value() != null) {
        values.put(keys.get(i), entry.value());
      }
      if (entry.freshUntil() < now) {
        outdated.put(keys.get(i), entry.version());
      }
    }
    misses.increment(missing.size());
    stale.increment(outdated.size());
    hits.increment(keys.size() - missing.size() - outdated.size());
    Map<String, V> all = missing.isEmpty() ? values : withLoaded(keys, values, missing, loader);
    outdated.keySet().removeIf(loading::containsKey);
    if (!outdated.isEmpty()) {
      Thread.startVirtualThread(() -> refresh(outdated, loader));
    }
    return all;
  }

  /// Many values from their source, whatever the cache has; it gets them. Absent ones are left out.
  /// Who asks while another caller of this process loads gets what that one finds.
  ///
  /// @param loader like that of [#getAll]
  public Map<String, V> reload(
      Collection<String> keys, Function<Set<String>, Map<String, Versioned<V>>> loader) {
    var distinct = List.copyOf(new LinkedHashSet<>(keys));
    return withLoaded(distinct, Map.of(), new LinkedHashSet<>(distinct), loader);
  }

  private Map<String, V> withLoaded(
      List<String> keys,
      Map<String, V> values,
      Set<String> missing,
      Function<Set<String>, Map<String, Versioned<V>>> loader) {
    Map<String, Versioned<V>> loaded = load(missing, loader);
    var ordered = LinkedHashMap.<String, V>newLinkedHashMap(keys.size());
    for (String key : keys) {
      Versioned<V> fromSource = loaded.get(key);
      V value = fromSource == null ? values.get(key) : fromSource.value();
      if (value != null) {
        ordered.put(key, value);
      }
    }
    return ordered;
  }

  private void refresh(
      Map<String, Long> versions, Function<Set<String>, Map<String, Versioned<V>>> loader) {
    try {
      load(
          versions.keySet(),
          keys -> {
            var loaded = new HashMap<>(loader.apply(keys));
            // What is not there any more went after the version that was seen here: its absence
            // must replace that one, though the source no longer states when it went.
            keys.forEach(key ->
                loaded.compute(
                    key,
                    (_, value) ->
                        value == null || (value.value() == null && value.version() == 0)
                            ? Versioned.absent(versions.getOrDefault(key, 0L))
                            : value));
            return loaded;
          });
    } catch (OverloadedException e) {
      log.debug("Cache {} leaves {} entries for later", name, versions.size(), e);
    } catch (RuntimeException e) {
      log.warn("Cache {} could not refresh {} entries", name, versions.size(), e);
    }
  }

  /// Loads keys; those that another caller of this process loads already are waited for.
  private Map<String, Versioned<V>> load(
      Set<String> keys, Function<Set<String>, Map<String, Versioned<V>>> loader) {
    var mine = new LinkedHashMap<String, CompletableFuture<Versioned<V>>>();
    var others = new LinkedHashMap<String, CompletableFuture<Versioned<V>>>();
    for (String key : keys) {
      var promise = new CompletableFuture<Versioned<V>>();
      var other = loading.putIfAbsent(key, promise);
      if (other == null) {
        mine.put(key, promise);
      } else {
        others.put(key, other);
      }
    }
    var result = new LinkedHashMap<String, Versioned<V>>();
    try {
      if (!mine.isEmpty()) {
        Map<String, Versioned<V>> loaded = loader.apply(Set.copyOf(mine.keySet()));
        for (String key : mine.keySet()) {
          result.put(key, loaded.getOrDefault(key, Versioned.absent(0)));
        }
        putAll(result);
        mine.forEach((key, promise) -> promise.complete(result.get(key)));
      }
    } catch (RuntimeException | Error e) {
      mine.values().forEach(promise -> promise.completeExceptionally(e));
      throw e;
    } finally {
      mine.forEach(loading::remove);
    }
    var again = new LinkedHashSet<String>();
    others.forEach((key, promise) -> {
      Optional<Versioned<V>> theirs = joined(promise);
      theirs.ifPresentOrElse(value -> result.put(key, value), () -> again.add(key));
    });
    if (!again.isEmpty()) {
      Errand.current().check();
      result.putAll(load(again, loader));
    }
    return result;
  }

  /// What another caller loads; empty where that one gave up, which is nothing to the others.
  private static <T> Optional<T> joined(CompletableFuture<T> promise) {
    Errand errand = Errand.current();
    try {
      return Optional.of(promise.get(errand.remaining(JOINED_MAX).toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while another caller loaded", e);
    } catch (ExecutionException e) {
      return switch (e.getCause()) {
        case GivenUpException _ -> Optional.empty();
        // Who waited fails as who loaded did.
        case RuntimeException cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      };
    }
  }

  /// Puts a value, unless the cache holds a newer version. Writers call it after their commit.
  ///
  /// @return false while Redis is away. A request may pass over that, since the event of its write
  ///   puts the value again; an event may not: a Redis that was out of reach still holds the old
  @CanIgnoreReturnValue
  public boolean put(String key, Versioned<V> value) {
    return putAll(Map.of(key, value));
  }

  /// Puts many values in one round trip, each unless the cache holds a newer version; answers like
  /// [#put].
  @CanIgnoreReturnValue
  public boolean putAll(Map<String, Versioned<V>> values) {
    try {
      var batch = redis.batch();
      values.forEach((key, value) -> {
        List<String> arguments =
            List.of(
                Long.toString(value.version()),
                encode(value),
                Long.toString(jittered(ttl).toMillis()));
        batch.add(
            pipeline -> pipeline.eval(SET_IF_NEWER.source(), List.of(redisKey(key)), arguments));
      });
      batch.runChecked();
      return true;
    } catch (RedisUnavailableException e) {
      log.debug("Cache {} could not keep {} entries: Redis is away", name, values.size());
      return false;
    }
  }

  /// Forgets one key, and which version of it was known: a slow reader may bring an older one back,
  /// which [#put] does not let it. Does nothing while Redis is away.
  public void invalidate(String key) {
    redis.callOr(0L, client -> client.del(redisKey(key)));
  }

  private String redisKey(String key) {
    return prefix + key + suffix;
  }

  private String encode(Versioned<V> value) {
    try {
      String body = value.value() == null ? "" : Json.mapper().writeValueAsString(value.value());
      long freshUntil = clock.millis() + jittered(freshFor).toMillis();
      return value.version() + "|" + freshUntil + "|" + body;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot cache in " + name, e);
    }
  }

  private @Nullable Entry<V> entry(String key, String text) {
    Entry<V> known = parsed.find(key);
    if (known != null && known.isOf(text)) {
      return known;
    }
    Entry<V> entry = parse(text);
    if (entry != null) {
      parsed.put(key, entry);
    }
    return entry;
  }

  private @Nullable Entry<V> parse(String text) {
    try {
      int first = text.indexOf('|');
      int second = text.indexOf('|', first + 1);
      String body = text.substring(second + 1);
      return new Entry<>(
          text.substring(0, second + 1),
          text.length(),
          Long.parseLong(text.substring(0, first)),
          Long.parseLong(text.substring(first + 1, second)),
          body.isEmpty() ? null : reader.readValue(body));
    } catch (JsonProcessingException | RuntimeException e) {
      // Written by another version of the code: load it anew.
      log.debug("Cache {} drops an entry it cannot read", name, e);
      return null;
    }
  }

  private static Duration jittered(Duration duration) {
    double factor = 1 + TTL_JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
    return Duration.ofMillis((long) (duration.toMillis() * factor));
  }

  /// A parsed entry.
  ///
  /// @param head what stands before the JSON
  /// @param length of the whole text
  private record Entry<V>(
      String head, int length, long version, long freshUntil, @Nullable V value) {
    /// Whether this is what the text says: a version stands for one value, so that to compare the
    /// values too would only cost time.
    boolean isOf(String text) {
      return text.length() == length && text.startsWith(head);
    }
  }
}
