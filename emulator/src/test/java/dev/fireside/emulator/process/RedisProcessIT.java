package dev.fireside.emulator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisProcessIT {
  @Test
  void servesOnTheGivenPort() throws IOException {
    int port = Ports.free();
    try (RedisProcess redis = RedisProcess.start(port)) {
      assertThat(redis.port()).isEqualTo(port);
      assertThat(redis.uri()).hasToString("redis://127.0.0.1:" + port);
      assertThat(RedisConnection.ask(port, "SET", "k", "v")).isEqualTo("OK");
      assertThat(RedisConnection.ask(port, "GET", "k")).isEqualTo("v");
    }
    assertThat(Ports.isFree(port)).isTrue();
  }

  @Test
  void comesBackEmptyOnTheSamePort() throws IOException {
    try (RedisProcess redis = RedisProcess.start()) {
      RedisConnection.ask(redis.port(), "SET", "k", "v");
      RedisConnection.ask(redis.port(), "SAVE");
      redis.kill();
      assertThat(redis.isAlive()).isFalse();
      assertThatThrownBy(() -> RedisConnection.ask(redis.port(), "PING"))
          .isInstanceOf(IOException.class);

      redis.restart();

      assertThat(redis.isAlive()).isTrue();
      assertThat(RedisConnection.ask(redis.port(), "DBSIZE")).isEqualTo("0");
    }
  }

  @Test
  void saysThatThePortIsTaken() {
    try (RedisProcess first = RedisProcess.start()) {
      assertThatThrownBy(() -> RedisProcess.start(first.port()))
          .isInstanceOf(StartUpException.class)
          .hasMessageContaining("Redis cannot start: port " + first.port());
    }
  }

  @Test
  void prefersTheServerOfTheSystem(@TempDir Path folder) throws IOException {
    Path system = Files.createFile(folder.resolve("redis-server"));
    assertThat(system.toFile().setExecutable(true)).isTrue();
    assertThat(RedisBinary.find("/nowhere:" + folder, List.of(), folder)).isEqualTo(system);
    assertThat(RedisBinary.find("", List.of(folder.toString()), folder)).isEqualTo(system);
  }

  @Test
  void unpacksItsOwnServerOnceWhereTheSystemHasNone(@TempDir Path cache) throws IOException {
    Path first = RedisBinary.find("", List.of(), cache);
    assertThat(first).isExecutable().hasParent(cache);
    var written = Files.getLastModifiedTime(first);
    assertThat(RedisBinary.find("", List.of(), cache)).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(first)).isEqualTo(written);
    assertThat(cache).isDirectoryNotContaining("glob:**.part");
  }
}
