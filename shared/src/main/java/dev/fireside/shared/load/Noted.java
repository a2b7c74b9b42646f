package dev.fireside.shared.load;

import java.util.function.Supplier;

/// A value that one errand has read and others use too, with what it was made of.
///
/// @param value what was read
/// @param evidence what it was made of
public record Noted<T>(T value, Evidence evidence) {
  /// Reads a value, noting what it is made of.
  public static <T> Noted<T> of(Supplier<T> read) {
    var evidence = new Evidence();
    return new Noted<>(Errand.current().noting(evidence).get(read), evidence);
  }

  /// The value, on which what the current errand makes rests from now on.
  public T use() {
    Errand.current().restsOn(evidence);
    return value;
  }
}
