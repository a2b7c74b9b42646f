package dev.fireside.emulator.database.rules;

/// A mistake in a rules file.
public final class RulesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  /// @param line the line in the file, from 1
  /// @param column the column in that line, from 1
  public RulesException(String message, int line, int column) {
    super("Line %d, column %d: %s".formatted(line, column, message));
    this.line = line;
    this.column = column;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }
}
