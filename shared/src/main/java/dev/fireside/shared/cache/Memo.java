package dev.fireside.shared.cache;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What was made of some keys lately, for what is asked for dozens of times a request. The same key
/// always gives the same value, so that it does not matter which are still here.
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

  /// The value of a key, made where it is not here. What cannot be made (null) is not kept.
  public @Nullable V find(K key, Function<? super K, ? extends @Nullable V> make) {
    int hash = hash(key);
    int place = (hash & mask) * PLACES;
    Entry<K, V> first = entries.getPlain(place);
    if (first != null && first.hash == hash && isSame(first.key, key)) {
      return first.value;
    }
    Entry<K, V> second = entries.getPlain(place + 1);
    if (second != null && second.hash == hash && isSame(second.key, key)) {
      return second.value;
    }
    V made = make.apply(key);
    if (made != null) {
      entries.setRelease(place + 1, first);
      entries.setRelease(place, new Entry<>(key, hash, made));
    }
    return made;
  }

  /// The value of a key, made where it is not here.
  public V get(K key, Function<? super K, ? extends V> make) {
    V value = find(key, make);
    if (value == null) {
      throw new IllegalStateException("Nothing was made");
    }
    return value;
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
