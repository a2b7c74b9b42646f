package dev.fireside.payments.purchases.domain;

import java.util.Arrays;

/// Whether what was bought is handed over; later constants are stricter.
public enum Hold {
  /// It is the buyer's.
  OPEN("OPEN"),
  /// It waits in escrow for a review.
  HELD("HELD"),
  /// It is not handed over.
  DENIED("DENIED");

  private final String text;

  /// @param text the name in documents: never rename one
  Hold(String text) {
    this.text = text;
  }

  /// The name in documents.
  public String text() {
    return text;
  }

  /// The constant of a name in a document. Throws [IllegalArgumentException] for one that is none.
  public static Hold parse(String text) {
    return Arrays.stream(values())
        .filter(hold -> hold.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Not a hold: " + text));
  }
}
