package dev.fireside.emulator.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Sessions that end and go on.
class SessionsIT {
  private static DatabaseServer server;

  @BeforeAll
  static void start() {
    server = DatabaseServer.start(DatabaseOptions.inMemory("default"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String session(RawClient client) throws Exception {
    return client.next().path("d").path("d").path("s").asText();
  }

  @Test
  void whoComesBackEndsTheSessionThatItHadBefore() throws Exception {
    try (RawClient old = new RawClient(server, "back")) {
      String before = session(old);
      old.ask("o", "{\"p\":\"/online\",\"d\":false}");
      old.ask("p", "{\"p\":\"/online\",\"d\":true}");
      try (RawClient back = new RawClient(server, "back&ls=" + before)) {
        assertThat(session(back)).isNotEqualTo(before);
        // The end of the old session is written before what the new one asks for.
        assertThat(back.ask("g", "{\"p\":\"/online\"}").path("d").asBoolean(true)).isFalse();
        back.ask("p", "{\"p\":\"/online\",\"d\":true}");
        old.awaitEnd();
        assertThat(back.ask("g", "{\"p\":\"/online\"}").path("d").asBoolean()).isTrue();
      }
    }
  }

  @Test
  void aSessionOfAnotherDatabaseGoesOn() throws Exception {
    try (RawClient here = new RawClient(server, "here")) {
      String session = session(here);
      try (RawClient there = new RawClient(server, "there&ls=" + session)) {
        there.ask("g", "{\"p\":\"/a\"}");
        assertThat(here.ask("g", "{\"p\":\"/a\"}").path("s").asText()).isEqualTo("ok");
      }
    }
  }

  @Test
  void aKeyWithHalfACharacterIsRefusedAndTheConnectionGoesOn() throws Exception {
    try (RawClient client = new RawClient(server, "half")) {
      JsonNode refused = client.ask("p", "{\"p\":\"/a\",\"d\":{\"k\\ud83d\":1}}");
      assertThat(refused.path("s").asText()).isEqualTo("failure");
      assertThat(client.ask("p", "{\"p\":\"/a\",\"d\":1}").path("s").asText()).isEqualTo("ok");
    }
  }

  @Test
  void whatIsNotThereHasNoPriority() throws Exception {
    try (RawClient client = new RawClient(server, "priority")) {
      String priority = "{\"p\":\"/a/.priority\",\"d\":7}";
      assertThat(client.ask("p", priority).path("s").asText()).isEqualTo("failure");
      client.ask("p", "{\"p\":\"/a\",\"d\":1}");
      assertThat(client.ask("p", priority).path("s").asText()).isEqualTo("ok");
    }
  }
}
