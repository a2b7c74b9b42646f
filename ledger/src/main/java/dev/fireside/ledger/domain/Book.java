package dev.fireside.ledger.domain;

/// Two ledgers that share nothing: what is real, and what testers do in a store's sandbox.
public enum Book {
  LIVE("live", "LIVE"),
  SANDBOX("sandbox", "SANDBOX");

  private final String wireName;
  private final String sealed;

  Book(String wireName, String sealed) {
    this.wireName = wireName;
    this.sealed = sealed;
  }

  /// The name in documents and answers: never rename one.
  public String wireName() {
    return wireName;
  }

  /// The name as hashes cover it.
  String sealed() {
    return sealed;
  }

  /// The book of that name. Throws [IllegalArgumentException] for another name.
  public static Book of(String wireName) {
    for (Book book : values()) {
      if (book.wireName.equals(wireName)) {
        return book;
      }
    }
    throw new IllegalArgumentException("Not a book: " + wireName);
  }
}
