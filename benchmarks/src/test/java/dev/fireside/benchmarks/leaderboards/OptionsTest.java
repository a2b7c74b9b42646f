package dev.fireside.benchmarks.leaderboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  @Test
  void fillsAMillionRowsUnlessToldOtherwise() {
    Options options = Options.parse(List.of());
    assertThat(options.url()).isNull();
    assertThat(options.rows()).isEqualTo(1_000_000);
    assertThat(options.players()).isEqualTo(5_000);
    assertThat(options.connections()).isEqualTo(32);
    assertThat(options.operations()).containsExactlyInAnyOrder(Operation.values());
  }

  @Test
  void readsWhatIsAskedFor() {
    Options options =
        Options.parse(
            List.of(
                "--url",
                "http://127.0.0.1:7350",
                "--server",
                "nakama",
                "--rows",
                "100",
                "--operations",
                "write,rank",
                "--seconds",
                "7",
                "--pid",
                "12"));
    assertThat(options.nakama()).isTrue();
    assertThat(options.players()).isEqualTo(100);
    assertThat(options.operations()).containsExactlyInAnyOrder(Operation.WRITE, Operation.RANK);
    assertThat(options.seconds()).isEqualTo(Duration.ofSeconds(7));
    assertThat(options.pid()).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--rows",
        "--rows 0",
        "--rows many",
        "--url ftp://x",
        "--url http:///x",
        "--server mine",
        "--server nakama",
        "--operations read",
        "--what"
      })
  void refusesWhatCannotBeMeant(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(List.of(line.split(" ", -1))))
        .withMessageStartingWith(line.equals("--what") ? "There is no option" : "--");
  }
}
