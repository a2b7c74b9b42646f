package dev.fireside.shared.lists;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A part of a list.
///
/// @param items what is shown
/// @param next position after which the list goes on; null exactly when nothing more is shown
public record Part<T>(List<T> items, @Nullable String next) {
  /// Reads for one part, at most. Where more than that is hidden the part comes out short, and
  /// `next` leads on.
  static final int READS_MAX = 8;

  /// Entries of one read, at most.
  static final int ENTRIES_MAX = 200;

  public Part {
    items = List.copyOf(items);
  }

  /// How a part is read.
  public interface Reader<T> {
    /// The part after a position (from the start for null), of at most `limit` things.
    Part<T> read(@Nullable String after, int limit);
  }

  /// What a list is read from, in the order in which it is shown.
  ///
  /// @param <E> an entry, which may turn out to be hidden
  public interface Source<E> {
    /// The entries after a position (from the start for null), at most `count`; fewer only at the
    /// end.
    List<E> after(@Nullable String position, int count);
  }

  /// The first `limit` things of those found, where one more than that was looked for: only then a
  /// last part that is exactly full is known to be the last.
  ///
  /// @param found at most `limit` + 1
  /// @param position where a thing stands
  public static <T> Part<T> of(List<T> found, int limit, Function<? super T, String> position) {
    if (found.size() <= limit) {
      return new Part<>(found, null);
    }
    List<T> items = found.subList(0, limit);
    return new Part<>(items, position.apply(items.getLast()));
  }

  /// Fills a part, reading on while entries are hidden. Looks up one thing more than asked for, as
  /// [#of] does.
  ///
  /// @param position where an entry stands
  /// @param show turns entries into what is shown, leaving out what is hidden
  /// @param shownPosition where a shown thing stands
  public static <E, T> Part<T> fill(
      int limit,
      @Nullable String after,
      Source<E> source,
      Function<E, String> position,
      Function<List<E>, List<T>> show,
      Function<T, String> shownPosition) {
    var shown = new ArrayList<T>();
    String examined = after;
    for (int read = 0; read < READS_MAX && shown.size() <= limit; read++) {
      int wanted = limit + 1 - shown.size();
      // The more was hidden, the larger the next bite.
      int count = Math.min(ENTRIES_MAX, wanted << read);
      List<E> entries = source.after(examined, count);
      shown.addAll(show.apply(entries));
      if (entries.size() < count && shown.size() <= limit) {
        return new Part<>(shown, null);
      }
      if (!entries.isEmpty()) {
        examined = position.apply(entries.getLast());
      }
    }
    return shown.size() <= limit
        ? new Part<>(shown, examined)
        : of(shown.subList(0, limit + 1), limit, shownPosition);
  }

  /// The same part of other things.
  public <R> Part<R> map(Function<? super T, ? extends R> change) {
    return new Part<>(items.stream().<R>map(change).toList(), next);
  }

  /// The same part without some of its things, which goes on where it did.
  public Part<T> filter(Predicate<? super T> shown) {
    return new Part<>(items.stream().filter(shown).toList(), next);
  }
}
