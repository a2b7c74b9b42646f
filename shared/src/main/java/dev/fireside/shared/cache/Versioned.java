package dev.fireside.shared.cache;

import org.jspecify.annotations.Nullable;

/// A value, or its absence, as of a version of its source.
///
/// @param version grows with every change of the source; microseconds of the last write for
///   documents
/// @param value null where the source has nothing
public record Versioned<V>(long version, @Nullable V value) {
  /// A value that is present.
  public static <V> Versioned<V> of(long version, V value) {
    return new Versioned<>(version, value);
  }

  /// Nothing there, as of `version`; 0 where none is known, which any value replaces.
  public static <V> Versioned<V> absent(long version) {
    return new Versioned<>(version, null);
  }
}
