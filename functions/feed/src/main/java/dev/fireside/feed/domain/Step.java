package dev.fireside.feed.domain;

import dev.fireside.social.domain.PostEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A post on the way through a list.
///
/// @param entry the post
/// @param after the position behind it: a cursor holds one
public record Step(PostEntry entry, String after) {

  /// The next posts of a list.
  ///
  /// @param steps in order
  /// @param next where the list goes on behind them; null where it ends
  public record Run(List<Step> steps, @Nullable String next) {
    public Run {
      steps = List.copyOf(steps);
    }

    /// The posts of a slice: positions are their ids, behind `prefix`.
    public static Run of(Slice slice, String prefix) {
      return new Run(
          slice.entries().stream().map(entry -> new Step(entry, prefix + entry.id())).toList(),
          slice.floor() == null ? null : prefix + slice.floor());
    }
  }
}
