package dev.fireside.stripe;

import dev.fireside.shared.config.Config;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.ids.Digest;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Secrets among the settings: one value, or two with a comma between while they are rotated.
public final class Secrets {
  private static final Logger log = LoggerFactory.getLogger(Secrets.class);

  private Secrets() {}

  /// The values of a secret; none where it is not configured.
  public static List<String> of(Config config, String name) {
    return config
        .text(name)
        .map(text ->
            Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList())
        .orElse(List.of());
  }

  /// What an endpoint without secrets answers: it must never let anything in.
  public static ProblemException unconfigured(String endpoint) {
    log.error("ALERT the webhook {} is called but has no secret: it lets nothing in", endpoint);
    return ProblemException.of(ProblemType.UNAVAILABLE, "The webhook is not configured");
  }

  /// Whether a value is one of the secrets, in a time that reveals nothing about them.
  public static boolean match(List<String> secrets, String value) {
    boolean match = false;
    for (String secret : secrets) {
      match |= MessageDigest.isEqual(Digest.sha256(secret), Digest.sha256(value));
    }
    return match;
  }
}
