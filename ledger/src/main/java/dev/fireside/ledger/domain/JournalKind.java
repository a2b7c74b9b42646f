package dev.fireside.ledger.domain;

import java.util.Locale;
import java.util.regex.Pattern;

/// Why a journal was written. Each function has kinds of its own; the books know none of them.
///
/// @param wireName the name in ids, documents and answers: never rename one
public record JournalKind(String wireName) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z_]{0,39}");

  public JournalKind {
    if (!NAME.matcher(wireName).matches()) {
      throw new IllegalArgumentException("Not a kind of journal: " + wireName);
    }
  }

  /// The name as hashes cover it.
  String sealed() {
    return wireName.toUpperCase(Locale.ROOT);
  }
}
