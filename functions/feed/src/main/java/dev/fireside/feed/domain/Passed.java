package dev.fireside.feed.domain;

import dev.fireside.shared.ids.Ids;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A position in a feed, with the posts before it that may come again behind it, as reposts.
///
/// A cursor holds it, so it is short: of each post the time and the end of its id, of the latest
/// [#MAX] posts. Whoever has passed more reposts of old posts than that may meet one again.
///
/// @param position as the source of the feed says it; null for the start
/// @param marks of the posts before it, in the order they came
public record Passed(@Nullable String position, List<String> marks) {
  /// Posts that are kept, at most.
  public static final int MAX = 36;

  private static final char SEPARATOR = '~';
  private static final int TIME_LENGTH = 10;
  private static final int END_LENGTH = 3;
  private static final int MARK_LENGTH = TIME_LENGTH + END_LENGTH;

  public Passed {
    marks = List.copyOf(marks);
  }

  /// Reads what a cursor says; null is the start.
  public static Passed parse(@Nullable String text) {
    int at = text == null ? -1 : text.indexOf(SEPARATOR);
    if (text == null || at < 0) {
      return new Passed(text, List.of());
    }
    var marks = new ArrayList<String>();
    for (int from = at + 1; from + MARK_LENGTH <= text.length(); from += MARK_LENGTH) {
      marks.add(text.substring(from, from + MARK_LENGTH));
    }
    return new Passed(text.substring(0, at), marks);
  }

  /// The position after a page.
  ///
  /// @param next the position of the source; null at its end
  /// @param shown the ids of the posts on the page
  /// @param mayComeAgain whether a post, by the smallest id of its time, may come behind `next`
  public @Nullable String after(
      @Nullable String next, Collection<String> shown, Predicate<String> mayComeAgain) {
    if (next == null) {
      return null;
    }
    var kept = new ArrayList<>(marks);
    shown.forEach(id -> kept.add(mark(id)));
    kept.removeIf(mark -> !mayComeAgain.test(mark.substring(0, TIME_LENGTH)));
    List<String> latest = kept.subList(Math.max(0, kept.size() - MAX), kept.size());
    return latest.isEmpty() ? next : next + SEPARATOR + String.join("", latest);
  }

  /// Says of posts, by id, whether they came before.
  public Predicate<String> contains() {
    Set<String> known = new HashSet<>(marks);
    return id -> known.contains(mark(id));
  }

  private static String mark(String id) {
    return id.substring(0, TIME_LENGTH) + id.substring(Ids.LENGTH - END_LENGTH);
  }
}
