package dev.fireside.shared.cache;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What was made of some keys lately, for what is asked for dozens of times a request. What is not
/// here can be made again, so that it does not matter which are.
///
/// A cache that keeps those used most notes each use, and works on its notes aside: where a hit
/// saves a few microseconds, that costs more than it saves. Here each key has two places, by its
/// hash, and the latest that were made stay.
///
/// @param <K> keys
/// @param <V> values, which must not be changed by those who get them
public final class Memo<K, V> {
  private static final int PLACES = 2;

  private final AtomicReferenceArray<@Nullable Entry<K, V>> entries;
  private final int mask;
  private final boolean byIdentity;

  private Memo(int size, boolean byIdentity) {
    int sets = Integer.highestOneBit(Math.max(1, size / PLACES));
    this.entries = new AtomicReferenceArray<>(sets * PLACES);
    this.mask = sets - 1;
    this.byIdentity = byIdentity;
  }

  private record Entry<K, V>(K key, int hash, V value) {}

  /// A memo that tells keys apart by what they hold.
  ///
  /// @param size values that are kept, at most
  public static <K, V> Memo<K, V> byValue(int size) {
    return new Memo<>(size, false);
  }

  /// A memo that tells keys apart by identity: for keys that are themselves kept somewhere, and
  /// whose comparison takes long.
  ///
  /// @param size values that are kept, at most
  public static <K, V> Memo<K, V> byIdentity(int size) {
    return new Memo<>(size, true);
  }

  /// The value of a key, made where it is not here.
  public V get(K key, Function<? super K, ? extends V> make) {
    V value = find(key);
    if (value == null) {
      value = make.apply(key);
      put(key, value);
    }
    return value;
  }

  /// The value of a key; null where it is not here.
  public @Nullable V find(K key) {
    int hash = hash(key);
    int place = (hash & mask) * PLACES;
    for (int i = place; i < place + PLACES; i++) {
      Entry<K, V> entry = entries.getPlain(i);
      if (entry != null && entry.hash == hash && isSame(entry.key, key)) {
        return entry.value;
      }
    }
    return null;
  }

  /// Keeps a value: in the place of the one before it of the same key, or of the older of the two
  /// that are there.
  public void put(K key, V value) {
    int hash = hash(key);
    int place = (hash & mask) * PLACES;
    Entry<K, V> first = entries.getPlain(place);
    if (first != null && !(first.hash == hash && isSame(first.key, key))) {
      entries.setRelease(place + 1, first);
    }
    entries.setRelease(place, new Entry<>(key, hash, value));
  }

  private int hash(K key) {
    int hash = byIdentity ? System.identityHashCode(key) : key.hashCode();
    return hash ^ (hash >>> 16);
  }

  @SuppressWarnings("ReferenceEquality") // What byIdentity means.
  private boolean isSame(K a, K b) {
    return a == b || (!byIdentity && a.equals(b));
  }
}
