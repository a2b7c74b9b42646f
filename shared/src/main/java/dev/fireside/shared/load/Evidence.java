package dev.fireside.shared.load;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What something was made of, so that it can be told later whether it would be made the same
/// again: collected while an errand reads on behalf of it ([Errand#noting]).
///
/// What is read of a store that reports changes is noted here; reading anything else spoils the
/// evidence, which then never holds.
public final class Evidence {
  private @Nullable Marks marks;
  private int generation;
  private int[] places = new int[32];
  private int[] values = new int[32];
  private int size;
  private boolean spoiled;

  /// Where a store reports changes: one mark for each of many places, another after each change of
  /// what has its place there. Things may share a place.
  public interface Marks {
    /// The mark of a place.
    int at(int place);

    /// Another after changes may have gone unnoticed.
    int generation();
  }

  /// Notes something that was read, with the mark its place had then.
  public synchronized void note(Marks from, int generation, int place, int value) {
    if (marks == null) {
      marks = from;
      this.generation = generation;
    } else if (!marks.equals(from) || this.generation != generation) {
      spoiled = true;
    }
    if (size == places.length) {
      places = Arrays.copyOf(places, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    places[size] = place;
    values[size++] = value;
  }

  /// Notes what something else was made of, which is a part of this.
  public void include(Evidence part) {
    if (part == this) {
      return;
    }
    Marks from;
    int generationOfPart;
    int[] placesOfPart;
    int[] valuesOfPart;
    synchronized (part) {
      from = part.spoiled ? null : part.marks;
      generationOfPart = part.generation;
      placesOfPart = Arrays.copyOf(part.places, part.size);
      valuesOfPart = Arrays.copyOf(part.values, part.size);
    }
    if (from == null) {
      spoil();
      return;
    }
    for (int i = 0; i < placesOfPart.length; i++) {
      note(from, generationOfPart, placesOfPart[i], valuesOfPart[i]);
    }
  }

  /// Says that something was read whose changes nobody reports.
  public synchronized void spoil() {
    spoiled = true;
  }

  /// Whether nothing has changed that was read, as far as the store has reported by now.
  public synchronized boolean holds() {
    if (spoiled || marks == null || marks.generation() != generation) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (marks.at(places[i]) != values[i]) {
        return false;
      }
    }
    return true;
  }

  /// How many things it rests on.
  public synchronized int size() {
    return size;
  }
}
