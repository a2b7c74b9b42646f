package dev.fireside.payments.purchases;

/// What became of some work.
public enum Applied {
  /// It was done now.
  DONE,
  /// It had been done before.
  DUPLICATE,
  /// The event had come before with another body: nothing was done.
  TAMPERED,
  /// It is kept, and will be done.
  RECEIVED
}
