package dev.fireside.payments.domain;

/// Two ledgers that share nothing: what is real, and what testers do in a store's sandbox.
public enum Book {
  LIVE,
  SANDBOX;

  /// The name in documents and answers.
  public String wireName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
