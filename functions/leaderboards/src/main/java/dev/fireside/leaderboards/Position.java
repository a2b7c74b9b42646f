package dev.fireside.leaderboards;

import dev.fireside.play.domain.Row;
import dev.fireside.shared.ids.Uid;

/// A place in a ranking from which a page goes on, in either direction; what a cursor holds.
///
/// @param forward whether the page after it is meant, and not the one before it
/// @param period key of the period
/// @param row the place; metadata and country are not part of it
record Position(boolean forward, String period, Row row) {
  private static final int PARTS = 6;

  /// The text in a cursor.
  String text() {
    return String.join(
        "|",
        forward ? "n" : "p",
        period,
        Long.toString(row.score()),
        Long.toString(row.subscore()),
        Long.toString(row.at()),
        row.uid().value());
  }

  /// The position of a text that [#text] made.
  static Position parse(String text) {
    String[] parts = text.split("\\|", PARTS);
    return new Position(
        parts[0].equals("n"),
        parts[1],
        new Row(
            new Uid(parts[5]),
            Long.parseLong(parts[2]),
            Long.parseLong(parts[3]),
            Long.parseLong(parts[4]),
            null,
            null));
  }
}
