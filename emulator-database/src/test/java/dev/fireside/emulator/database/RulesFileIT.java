package dev.fireside.emulator.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fireside.emulator.database.engine.RulesFile;
import dev.fireside.emulator.database.rules.RulesException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The file with the rules of all databases.
class RulesFileIT {
  private static final String OPEN = "{\"rules\": {\".read\": true, \".write\": true}}";
  private static final String CLOSED = "{\"rules\": {\".read\": false, \".write\": true}}";

  private static final int LIMIT_SECONDS = 30;

  /// Where the server says what it thinks of the file.
  private static final Logger LOGGER = Logger.getLogger(RulesFile.class.getName());

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("database.rules.json");
  }

  private DatabaseServer start(String rules) throws Exception {
    Files.writeString(file(), rules);
    return DatabaseServer.start(new DatabaseOptions(0, Clock.systemUTC(), "default", file(), null));
  }

  @Test
  void aChangeHoldsAtOnceForThoseWhoListenAndForNewDatabases() throws Exception {
    try (DatabaseServer server = start(OPEN);
        Http http = new Http(server);
        Events events = http.events("/a.json?ns=open");
        RawClient listener = new RawClient(server, "open")) {
      assertThat(events.next()).isEqualTo("put {\"path\":\"/\",\"data\":null}");
      listener.ask("q", "{\"p\":\"/a\",\"h\":\"\"}");
      Files.writeString(file(), CLOSED);
      assertThat(events.next()).isEqualTo("cancel \"Permission denied.\"");
      assertThat(listener.next().path("d").path("a").asText()).isEqualTo("c");
      for (String namespace : new String[] {"open", "new"}) {
        assertThat(http.call("GET", "/a.json?ns=" + namespace, null).statusCode()).isEqualTo(401);
      }
      Files.writeString(file(), OPEN);
      await()
          .untilAsserted(() ->
              assertThat(http.call("GET", "/a.json?ns=open", null).statusCode()).isEqualTo(200));
    }
  }

  @Test
  void aMistakeLeavesTheRulesAsTheyWere() throws Exception {
    var warnings = new LinkedBlockingQueue<String>();
    Handler handler = new Warnings(warnings);
    LOGGER.addHandler(handler);
    try (DatabaseServer server = start(CLOSED);
        Http http = new Http(server)) {
      Files.writeString(file(), "{\"rules\": {\".read\": tru");
      String warning = warnings.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(warning).contains(file().toString()).contains("Line 1, column 2");
      String other = "{\"rules\": {\"a\": {\".read\": true}}}";
      assertThat(http.call("GET", "/a.json", null).statusCode()).isEqualTo(401);
      Files.writeString(file(), other);
      await()
          .untilAsserted(
              () -> assertThat(http.call("GET", "/a.json", null).statusCode()).isEqualTo(200));
      assertThat(http.call("GET", "/.settings/rules.json?auth=owner", null).body())
          .isEqualTo(other.replace(" ", ""));
    } finally {
      LOGGER.removeHandler(handler);
    }
  }

  private static final class Warnings extends Handler {
    private final Queue<String> warnings;

    Warnings(Queue<String> warnings) {
      this.warnings = warnings;
    }

    @Override
    public void publish(LogRecord line) {
      if (line.getLevel().equals(Level.WARNING)) {
        warnings.add(line.getMessage());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void aMistakeStopsTheStart() {
    assertThatThrownBy(() -> start("{\"rules\":\n  {\".read\": \"auth.uid ===\"}}"))
        .isInstanceOf(RulesException.class)
        .hasMessageContaining("Line 2");
  }

  @Test
  void rulesOfADatabaseOfItsOwnStayWhenTheFileChanges() throws Exception {
    try (DatabaseServer server = start(OPEN);
        Http http = new Http(server)) {
      server.rules("own", CLOSED);
      Files.writeString(file(), "{\"rules\": {\".read\": true, \".write\": false}}");
      await()
          .untilAsserted(
              () -> assertThat(http.call("PUT", "/a.json", "1").statusCode()).isEqualTo(401));
      assertThat(http.call("GET", "/a.json?ns=own", null).statusCode()).isEqualTo(401);
      assertThat(http.call("PUT", "/a.json?ns=own", "1").statusCode()).isEqualTo(200);
    }
  }
}
