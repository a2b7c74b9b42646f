package dev.fireside.emulator.database;

import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// How a [DatabaseServer] is set up.
///
/// @param port to listen on at 127.0.0.1; 0 for a free one
/// @param clock of tokens and server timestamps
/// @param defaultNamespace the database of requests that name none
/// @param rules a file with the rules of all databases; null allows everybody everything
/// @param directory where data is kept; null keeps it in memory only
public record DatabaseOptions(
    int port,
    Clock clock,
    String defaultNamespace,
    @Nullable Path rules,
    @Nullable Path directory) {
  /// In memory, on a free port, without rules.
  public static DatabaseOptions inMemory(String defaultNamespace) {
    return new DatabaseOptions(0, Clock.systemUTC(), defaultNamespace, null, null);
  }
}
