package dev.fireside.posts.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A part of a list of which not everything is shown to everybody.
///
/// @param items what is shown
/// @param next position after which the list goes on; null exactly when nothing more is shown
public record Slice<V>(List<V> items, @Nullable String next) {
  /// Reads for one slice, at most. Where more than that is hidden the slice comes out short, and
  /// `next` leads on.
  static final int READS_MAX = 8;

  /// Entries of one read, at most.
  static final int ENTRIES_MAX = 200;

  public Slice {
    items = List.copyOf(items);
  }

  /// What a list is read from, in the order in which it is shown.
  ///
  /// @param <E> an entry, which may turn out to be hidden
  public interface Source<E> {
    /// The entries after a position (from the start for null), at most `count`; fewer only at the
    /// end.
    List<E> after(@Nullable String position, int count);
  }

  /// Fills a slice, reading on while entries are hidden.
  ///
  /// One thing more than asked for is looked up, so that a last slice that is exactly full is known
  /// to be the last.
  ///
  /// @param position where an entry stands
  /// @param show turns entries into what is shown, leaving out what is hidden
  /// @param shownPosition where a shown thing stands
  public static <E, V> Slice<V> fill(
      int limit,
      @Nullable String after,
      Source<E> source,
      Function<E, String> position,
      Function<List<E>, List<V>> show,
      Function<V, String> shownPosition) {
    var shown = new ArrayList<V>();
    String examined = after;
    for (int read = 0; read < READS_MAX && shown.size() <= limit; read++) {
      int wanted = limit + 1 - shown.size();
      // The more was hidden, the larger the next bite.
      int count = Math.min(ENTRIES_MAX, wanted << read);
      List<E> entries = source.after(examined, count);
      shown.addAll(show.apply(entries));
      if (entries.size() < count && shown.size() <= limit) {
        return new Slice<>(shown, null);
      }
      if (!entries.isEmpty()) {
        examined = position.apply(entries.getLast());
      }
    }
    if (shown.size() <= limit) {
      return new Slice<>(shown, examined);
    }
    List<V> items = shown.subList(0, limit);
    return new Slice<>(items, shownPosition.apply(items.getLast()));
  }
}
