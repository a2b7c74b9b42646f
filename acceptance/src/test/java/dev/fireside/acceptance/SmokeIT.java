package dev.fireside.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.acceptance.smoke.Smoke;
import dev.fireside.emulator.testing.FiresideExtension;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SmokeIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  @Test
  void walksTheWholeProductLine() throws Exception {
    var out = new ByteArrayOutputStream();

    int status =
        new Smoke().run(fireside.project(), new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(status).as(out.toString(StandardCharsets.UTF_8)).isZero();
  }
}
