package dev.fireside.payments.effects;

import dev.fireside.payments.domain.Hold;
import dev.fireside.payments.domain.LineageKey;
import dev.fireside.payments.domain.ReviewCase;
import java.util.List;

/// Looks at work before it takes effect and says what is doubtful about it.
@FunctionalInterface
public interface Assessor {
  /// Doubts nothing.
  Assessor TRUSTING = _ -> List.of();

  /// What is doubtful. Called outside the transaction, and again for the same work after a crash;
  /// it changes nothing that would make the second answer another.
  List<Finding> assess(Work work);

  /// A doubt about one transaction. It counts only while the transaction has not been granted:
  /// later events about it do not take it back.
  ///
  /// @param purchase the purchase
  /// @param sale key of the transaction inside
  /// @param hold what becomes of it meanwhile: `OPEN` to grant it all the same
  /// @param doubt the case to open
  record Finding(LineageKey purchase, String sale, Hold hold, ReviewCase doubt) {}
}
