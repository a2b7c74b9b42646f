package dev.fireside.emulator.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fireside.emulator.database.tree.InvalidDataException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Data that is kept, imported and exported.
class JournalIT {
  @TempDir Path directory;

  private DatabaseServer start() {
    return DatabaseServer.start(new DatabaseOptions(0, Clock.systemUTC(), "kept", null, directory));
  }

  private static void call(DatabaseServer server, String method, String path, String body)
      throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var answer =
          http.send(
              HttpRequest.newBuilder(URI.create("http://" + server.address() + path))
                  .method(method, HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }

  @Test
  void dataSurvivesARestart() throws Exception {
    try (DatabaseServer server = start()) {
      call(server, "PUT", "/a.json", "{\"x\":1,\"y\":{\".value\":2,\".priority\":\"p\"}}");
      call(server, "PATCH", "/.json", "{\"a/x\":null,\"b/c\":{\".sv\":{\"increment\":2}}}");
      call(server, "PATCH", "/.json", "{\"b/c\":{\".sv\":{\"increment\":2}}}");
      call(server, "PUT", "/z.json?ns=other", "true");
    }
    try (DatabaseServer server = start()) {
      assertThat(server.export("kept"))
          .isEqualTo("{\"a\":{\"y\":{\".value\":2,\".priority\":\"p\"}},\"b\":{\"c\":4}}");
      assertThat(server.export("other")).isEqualTo("{\"z\":true}");
    }
  }

  @Test
  void aLineThatACrashCutShortIsDropped() throws Exception {
    try (DatabaseServer server = start()) {
      call(server, "PUT", "/a.json", "1");
    }
    Files.writeString(directory.resolve("kept.log"), "{\"a\":2,", StandardOpenOption.APPEND);
    try (DatabaseServer server = start()) {
      assertThat(server.export("kept")).isEqualTo("{\"a\":1}");
      call(server, "PUT", "/b.json", "3");
    }
    try (DatabaseServer server = start()) {
      assertThat(server.export("kept")).isEqualTo("{\"a\":1,\"b\":3}");
    }
  }

  @Test
  void aLongLogBeginsAnew() throws Exception {
    String value = "\"" + "x".repeat(1 << 20) + "\"";
    try (DatabaseServer server = start()) {
      for (int i = 0; i < 20; i++) {
        call(server, "PUT", "/a.json?writeSizeLimit=unlimited", value);
      }
      call(server, "PUT", "/b.json", "2");
    }
    assertThat(Files.size(directory.resolve("kept.log"))).isLessThan(8 << 20);
    try (DatabaseServer server = start()) {
      assertThat(server.export("kept")).isEqualTo("{\"a\":" + value + ",\"b\":2}");
    }
  }

  @Test
  void aFileIsImported() throws Exception {
    Path file = directory.resolve("import.json");
    Files.writeString(file, "{\"a\":[1,2],\"b\":{\".value\":1,\".priority\":2}}");
    try (DatabaseServer server = DatabaseServer.start(DatabaseOptions.inMemory("kept"))) {
      server.load("kept", file);
      assertThat(server.export("kept"))
          .isEqualTo("{\"a\":{\"0\":1,\"1\":2},\"b\":{\".value\":1,\".priority\":2}}");
      Files.writeString(file, "{\"a.b\":1}");
      assertThatThrownBy(() -> server.load("kept", file))
          .isInstanceOf(InvalidDataException.class)
          .hasMessageContaining("a.b");
      Files.writeString(file, "{");
      assertThatThrownBy(() -> server.load("kept", file)).isInstanceOf(IOException.class);
    }
  }
}
