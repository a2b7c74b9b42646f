package dev.fireside.benchmarks.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fireside.emulator.database.DatabaseOptions;
import dev.fireside.emulator.database.DatabaseServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolTest {
  @Test
  void bringsEachMessageToAllWhoAreInARoomOfOurs() throws Exception {
    try (var server = DatabaseServer.start(DatabaseOptions.inMemory(DatabaseProtocol.NAMESPACE));
        var room = new Room(new DatabaseProtocol(), server.port())) {
      room.join(20);

      Room.Talk talk = room.talk(100, 1);

      assertThat(talk.lost()).isZero();
      assertThat(talk.latencies().count()).isEqualTo(100);
      assertThat(talk.bytesEach()).isGreaterThan(100);
    }
  }

  @Test
  void speaksToSocketIo() {
    var protocol = new SocketIoProtocol();

    assertThat(protocol.answers("0{\"sid\":\"x\"}")).containsExactly("40");
    assertThat(protocol.answers("40{\"sid\":\"y\"}")).containsExactly("420[\"user:join\",\"r\"]");
    assertThat(protocol.answers("2")).containsExactly("3");
    assertThat(protocol.isJoined("430[[]]")).isTrue();
    assertThat(protocol.message(7, "hi"))
        .containsExactly("42[\"chat:message\",\"r\",{\"number\":7,\"text\":\"hi\"}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--clients", "--clients 0", "--rates 10,", "--rates x", "--idle -1", "--rate 1"})
  void refusesOptionsThatCannotBeMeant(String line) {
    assertThatThrownBy(() -> Options.parse(List.of(line.split(" "))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsOptions() {
    assertThat(Options.parse(List.of("--rates", "5, 20", "--idle", "0")))
        .isEqualTo(new Options(500, List.of(5, 20), 10, 3, 10, 0, false));
  }
}
