package dev.fireside.economy.domain;

/// What came of an operation.
public sealed interface Outcome {
  /// It was done now.
  ///
  /// @param before the holding as it was read
  /// @param after the holding as it is to be written
  record Done(Receipt receipt, Holding before, Holding after) implements Outcome {}

  /// It was done before, and nothing is to be written.
  record Repeated(Receipt receipt) implements Outcome {}

  /// Its id was used before, for something else.
  record Reused(OperationId operation) implements Outcome {}

  /// The inventory is not at the revision any more that the caller knows.
  ///
  /// @param revision the present one
  record Moved(long revision) implements Outcome {}

  /// It cannot be done.
  record Refused(Refusal refusal) implements Outcome {}
}
