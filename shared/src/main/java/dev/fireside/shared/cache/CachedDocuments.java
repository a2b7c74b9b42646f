package dev.fireside.shared.cache;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Documents of one kind, read through a [Cache] by the version of each document.
///
/// @param <K> what names a document; its text is the key in the cache
/// @param <V> what a document says
public class CachedDocuments<K, V> {
  private final Documents documents;
  private final Cache<V> cache;
  private final Function<K, String> path;
  private final Function<Document, V> parse;

  /// @param path where the document of a key is
  /// @param parse what a document says
  public CachedDocuments(
      Documents documents, Cache<V> cache, Function<K, String> path, Function<Document, V> parse) {
    this.documents = documents;
    this.cache = cache;
    this.path = path;
    this.parse = parse;
  }

  /// One value.
  public final Optional<V> get(K key) {
    return Optional.ofNullable(getAll(List.of(key)).get(key));
  }

  /// Many values in one round trip, in the order asked for; missing ones are left out.
  public final Map<K, V> getAll(Collection<K> keys) {
    Map<String, K> named = named(keys);
    return byKey(named, cache.getAll(named.keySet(), missing -> load(named, missing)));
  }

  /// Adds a lookup to a batch. Once the batch has run, the supplier reports the values as [#getAll]
  /// does.
  public final Supplier<Map<K, V>> lookup(Batch batch, Collection<K> keys) {
    Map<String, K> named = named(keys);
    Lookup<V> lookup = cache.lookup(batch, named.keySet());
    return () -> byKey(named, lookup.get(missing -> load(named, missing)));
  }

  /// Reads a document itself, and keeps it: for writers who do not know its version.
  @CanIgnoreReturnValue
  public final Optional<V> refresh(K key) {
    Optional<Document> document = documents.get(path.apply(key));
    Optional<V> value = document.map(parse);
    document.ifPresent(found -> keep(key, value.get(), found.version()));
    return value;
  }

  /// Keeps what was written, unless something newer is kept. Called after commits and by events.
  ///
  /// @param value null for what is not there any more
  /// @return false while Redis is away: then an event has to come again
  @CanIgnoreReturnValue
  public final boolean keep(K key, @Nullable V value, long version) {
    return cache.put(key.toString(), new Versioned<>(version, value));
  }

  /// Keeps documents that a query has found, unless something newer is kept.
  public final void keepFound(Map<K, Document> found) {
    var values = new HashMap<String, Versioned<V>>();
    found.forEach((key, document) ->
        values.put(key.toString(), Versioned.of(document.version(), parse.apply(document))));
    if (!values.isEmpty()) {
      cache.putAll(values);
    }
  }

  private Map<String, Versioned<V>> load(Map<String, K> named, Set<String> missing) {
    var paths = new HashMap<String, String>();
    named.forEach((name, key) -> {
      if (missing.contains(name)) {
        paths.put(name, path.apply(key));
      }
    });
    Map<String, Document> found = documents.getAll(paths.values());
    var loaded = new HashMap<String, Versioned<V>>();
    paths.forEach((name, where) -> {
      Document document = found.get(where);
      loaded.put(
          name,
          document == null
              ? Versioned.absent(0)
              : Versioned.of(document.version(), parse.apply(document)));
    });
    return loaded;
  }

  private Map<String, K> named(Collection<K> keys) {
    var named = new LinkedHashMap<String, K>();
    keys.forEach(key -> named.put(key.toString(), key));
    return named;
  }

  private Map<K, V> byKey(Map<String, K> named, Map<String, V> values) {
    var result = new LinkedHashMap<K, V>();
    values.forEach((name, value) -> {
      K key = named.get(name);
      if (key != null) {
        result.put(key, value);
      }
    });
    return result;
  }
}
