package dev.fireside.emulator.database.engine;

import dev.fireside.emulator.database.rules.Rules;
import org.jspecify.annotations.Nullable;

/// Rules, and the text they were read from.
///
/// @param rules null allows everybody everything
public record RulesText(String text, @Nullable Rules rules) {
  /// Everybody may do everything.
  public static final RulesText OPEN =
      new RulesText("{\"rules\": {\".read\": true, \".write\": true}}", null);

  /// Reads rules. Throws [dev.fireside.emulator.database.rules.RulesException] for a mistake.
  public static RulesText parse(String text) {
    return new RulesText(text, Rules.parse(text));
  }
}
