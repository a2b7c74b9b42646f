package dev.fireside.ledger.domain;

import dev.fireside.shared.ids.Digest;
import java.util.List;

/// One hash over several texts.
final class Seal {
  private Seal() {}

  /// Hex SHA-256 over all parts, each with its length and a line of its own: no two lists have one
  /// text.
  static String of(List<String> parts) {
    var text = new StringBuilder();
    for (String part : parts) {
      text.append(part.length()).append(':').append(part).append('\n');
    }
    return Digest.hex(text.toString(), Digest.BYTES);
  }
}
