package dev.fireside.stripe;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignatureTest {
  @Test
  void acceptsTheVectorThatARewritingVerifierFails() {
    String body =
        "{\"api_version\":\"1.0\",\"event\":{\"id\":\"evt-1\",\"type\":\"TEST\",\"price\":9.90,"
            + "\"name\":\"Zoë\"}}";
    Clock clock = Clock.fixed(Instant.ofEpochSecond(1_767_225_600 + 300), ZoneOffset.UTC);
    assertThatCode(() ->
            Signature.verify(
                Optional.of(
                    "t=1767225600,v1="
                        + "0".repeat(64)
                        + ",v1=e003f3b68c23ff42074a89d5a2e7d16414eb2c0d2cf0ca62dd0afe6d08af5eff"),
                body.getBytes(StandardCharsets.UTF_8),
                List.of("old", "rcwhsec_unit_test_secret_0123456789"),
                clock))
        .doesNotThrowAnyException();
  }
}
