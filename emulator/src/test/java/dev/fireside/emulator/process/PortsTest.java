package dev.fireside.emulator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void givesAnotherPortEachTime() {
    Set<Integer> ports = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      ports.add(Ports.free());
    }
    assertThat(ports).hasSize(50).allMatch(Ports::isFree);
  }

  @Test
  void refusesATakenPortByNameAndNumber() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral(Ports.HOST))) {
      int port = taken.getLocalPort();
      assertThat(Ports.isFree(port)).isFalse();
      assertThatThrownBy(() -> Ports.claim(port, "Redis"))
          .isInstanceOf(StartUpException.class)
          .hasMessage("Redis cannot start: port %d of 127.0.0.1 is taken by another process", port);
    }
  }

  @Test
  void takesAFreePortForZero() {
    assertThat(Ports.claim(0, "Redis")).isPositive();
  }
}
