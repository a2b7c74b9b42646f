package dev.fireside.emulator.database;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/// What `docs/realtime.md` tells app developers to write works as it stands there.
class SnippetsIT {
  @Test
  void doWhatThePageSays() throws Exception {
    try (DatabaseServer server =
        DatabaseServer.start(
            new DatabaseOptions(
                0, Clock.systemUTC(), "default", Path.of("..", "database.rules.json"), null))) {
      NodeSdk.run("snippets.mjs", server.address(), "default");
    }
  }
}
