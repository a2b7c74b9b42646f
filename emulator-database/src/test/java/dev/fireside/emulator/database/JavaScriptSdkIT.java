package dev.fireside.emulator.database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The official JavaScript SDK against the server: each script of `src/test/js` checks what it
/// sees.
class JavaScriptSdkIT {
  private static DatabaseServer server;

  @BeforeAll
  static void start() {
    server = DatabaseServer.start(DatabaseOptions.inMemory("default"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"values", "queries", "transactions", "disconnects", "windows", "rights"})
  void agreesWith(String script) throws Exception {
    NodeSdk.run(script + ".mjs", server.address(), script);
  }
}
