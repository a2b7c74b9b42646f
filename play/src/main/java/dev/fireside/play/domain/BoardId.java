package dev.fireside.play.domain;

import java.util.regex.Pattern;

/// The id of a board: 1 to 63 small letters, digits and `-`, not beginning with `-`.
public record BoardId(String value) {
  /// The form of an id, for the checks of bodies.
  public static final Pattern FORM = Pattern.compile("(?!me$)[a-z0-9][a-z0-9-]{0,62}");

  /// Throws [IllegalArgumentException] for a text that [#isValid] refuses.
  public BoardId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("Not a board id");
    }
  }

  /// Whether `text` can be the id of a board; `me` stands for the caller in paths.
  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
