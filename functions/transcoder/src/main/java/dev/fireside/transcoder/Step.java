package dev.fireside.transcoder;

import dev.fireside.media.domain.Made;
import java.util.function.DoubleConsumer;

/// Part of an order that is made and stated at once, or not at all.
interface Step {
  /// What it costs, in any unit that all steps of an order share.
  double weight();

  /// Whether it has been made, by an execution before.
  boolean isMade(Made made);

  /// Makes it, and puts it where it is served.
  ///
  /// @param progress takes how far it has come, 0 to 1
  /// @return what has been made with it
  Made make(Made made, DoubleConsumer progress);
}
