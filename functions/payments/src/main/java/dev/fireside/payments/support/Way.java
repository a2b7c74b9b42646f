package dev.fireside.payments.support;

import dev.fireside.shared.json.WireNames;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way of one thing that somebody bought, or set out to buy, as far as it came.
///
/// @param purchase names the purchase here; null where none is known
/// @param sale id of the receipt; null where nothing was posted
/// @param cause where the way ended, as a [Cause] is called
/// @param since when it came that far; null where nobody knows
/// @param todo what to do next
record Way(
    @Nullable String purchase,
    @Nullable String sale,
    @Nullable String product,
    String cause,
    @Nullable Instant since,
    String todo,
    List<Stage> stages) {

  /// One stage of a way.
  ///
  /// @param kind delivery, fact, case, journal, order or waiting
  /// @param id of the delivery, case, journal or order; null for none
  /// @param text what happened, in plain words
  record Stage(String kind, @Nullable String id, String state, @Nullable Instant at, String text) {}

  Way {
    stages = List.copyOf(stages);
  }

  /// A way of which no purchase is known.
  static Way of(@Nullable String product, Cause cause, List<Stage> stages) {
    Instant since = stages.isEmpty() ? null : stages.getLast().at();
    return new Way(null, null, product, WireNames.of(cause), since, cause.todo(), stages);
  }
}
