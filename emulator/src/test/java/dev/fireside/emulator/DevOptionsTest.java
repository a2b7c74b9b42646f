package dev.fireside.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevOptionsTest {
  private static DevOptions parse(String... arguments) {
    return DevOptions.parse(List.of(arguments), Map.of());
  }

  @Test
  void portsHaveDefaults() {
    assertThat(parse().portsToTake())
        .isEqualTo(
            Map.of(
                "--port", 8080,
                "--redis-port", 6380,
                "--firestore-port", 8081,
                "--pubsub-port", 8085,
                "--auth-port", 9099,
                "--database-port", 9000,
                "--storage-port", 9199));
    assertThat(parse().project()).isEqualTo("demo-fireside");
    assertThat(parse().tasks()).isEmpty();
  }

  @Test
  void flagsChangeThem() {
    DevOptions options =
        parse(
            "--port", "9000", "--redis-port", "0", "--project", "demo-other", "--seed", "--smoke");

    assertThat(parse("--database-data", "kept").cloud().database().directory())
        .isEqualTo(Path.of("kept"));
    assertThat(options.port()).isEqualTo(9000);
    assertThat(options.cloud().redisPort()).isZero();
    assertThat(options.project()).isEqualTo("demo-other");
    assertThat(options.tasks()).containsExactly("seed", "smoke");
  }

  @Test
  void emulatorsThatRunAlreadyNeedNoPort() {
    DevOptions options =
        DevOptions.parse(List.of(), Map.of("FIRESTORE_EMULATOR_HOST", "127.0.0.1:9999"));

    assertThat(options.portsToTake()).doesNotContainKey("--firestore-port");
  }

  @ParameterizedTest
  @CsvSource({
    "--prot 8080,There is no option --prot; see --help",
    "--port,--port needs a value; see --help",
    "--port x,'--port must be a port, 0 to 65535'",
    "--port 70000,'--port must be a port, 0 to 65535'",
    "--project X,'--project must be 6 to 30 lower-case letters, digits and `-`'",
    "--database-import nothing.here,--database-import: there is no file nothing.here",
    "--rules nothing.here,--rules: there is no file nothing.here"
  })
  void whatCannotBeMeantIsToldInOneLine(String arguments, String message) {
    assertThatThrownBy(() -> parse(arguments.split(" ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
