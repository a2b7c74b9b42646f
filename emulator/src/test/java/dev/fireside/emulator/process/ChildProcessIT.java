package dev.fireside.emulator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the children here are Unix commands")
class ChildProcessIT {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Test
  void namesTheLogAndItsEndWhenTheChildEndsTooEarly(@TempDir Path directory) {
    ChildProcess child = start(directory, "sh", "-c", "echo no such luck; exit 3");
    assertThatThrownBy(() -> child.awaitReady(() -> false, LIMIT))
        .isInstanceOf(StartUpException.class)
        .hasMessageContaining("tested on port 7 ended with exit code 3")
        .hasMessageContaining(directory.resolve("output.log").toString())
        .hasMessageEndingWith("no such luck");
  }

  @Test
  void endsAChildThatIsNotReadyInTime(@TempDir Path directory) {
    ChildProcess child = start(directory, "sleep", "60");
    assertThatThrownBy(() -> child.awaitReady(() -> false, Duration.ofSeconds(1)))
        .isInstanceOf(StartUpException.class)
        .hasMessageContaining("was not ready after 1 s");
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void saysWhichProgramIsMissing(@TempDir Path directory) {
    ChildProcess child = start(directory, "no-such-program-of-fireside");
    assertThatThrownBy(() -> child.awaitReady(() -> false, LIMIT))
        .isInstanceOf(StartUpException.class)
        .hasMessageContaining("no-such-program-of-fireside");
  }

  @Test
  void killsAChildThatIgnoresTheRequestToEnd(@TempDir Path directory) {
    ChildProcess child = start(directory, "sh", "-c", "trap '' TERM; while :; do sleep 1; done");
    child.close();
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void endsTheChildWhenItsParentIsKilled() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = parent.inputReader(StandardCharsets.UTF_8)) {
      ProcessHandle redis = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
      assertThat(redis.isAlive()).isTrue();
      parent.destroyForcibly();
      redis.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } finally {
      parent.destroyForcibly();
    }
  }

  private static ChildProcess start(Path directory, String... command) {
    return ChildProcess.start("tested", 7, directory, List.of(command));
  }

  static final class Parent {
    public static void main(String[] args) throws IOException {
      RedisProcess redis = RedisProcess.start();
      System.out.println(redis.pid());
      System.in.read();
    }
  }
}
