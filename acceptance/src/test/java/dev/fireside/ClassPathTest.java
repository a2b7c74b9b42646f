package dev.fireside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/// The class path of `./scripts/dev` has this module's order.
class ClassPathTest {
  /// The Functions Framework's invoker carries an old one (docs/decisions/0006).
  @Test
  void jacksonIsThatOfThePomAndNotTheInvokers() {
    assertThat(JsonNode.class.getProtectionDomain().getCodeSource().getLocation().getPath())
        .contains("jackson-databind");
  }
}
