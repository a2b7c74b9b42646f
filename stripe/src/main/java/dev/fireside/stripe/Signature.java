package dev.fireside.stripe;

import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.ids.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Verifies `t=<seconds>,v1=<hex>` headers: HMAC-SHA256 over `<t>.<body>`, the construction that
/// Stripe and RevenueCat share.
///
/// Not the Stripe SDK's: that one takes timestamps of any future and fails on malformed headers in
/// half a dozen ways.
public final class Signature {
  /// How far the sender's clock may be from ours, either way. Providers sign each attempt anew.
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final int HEADER_MAX = 2_000;
  private static final int SIGNATURES_MAX = 10;
  private static final Pattern PART = Pattern.compile("([a-z0-9]{1,8})=([A-Za-z0-9+/=_-]{1,200})");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  private Signature() {}

  /// Throws a 400 problem for a header of another form, and a 401 problem for one that is missing,
  /// too far from now, or signed by none of the secrets.
  public static void verify(
      Optional<String> header, byte[] body, List<String> secrets, Clock clock) {
    if (header.isEmpty()) {
      throw ProblemException.of(ProblemType.UNAUTHENTICATED, "The signature is missing");
    }
    String time = null;
    List<byte[]> signatures = new ArrayList<>();
    if (header.get().length() > HEADER_MAX) {
      throw malformed();
    }
    for (String part : header.get().split(",", -1)) {
      Matcher matcher = PART.matcher(part);
      if (!matcher.matches()) {
        throw malformed();
      }
      String value = matcher.group(2);
      switch (matcher.group(1)) {
        case "t" -> {
          if (time != null || !SECONDS.matcher(value).matches()) {
            throw malformed();
          }
          time = value;
        }
        case "v1" -> {
          if (!HEX.matcher(value).matches() || signatures.size() == SIGNATURES_MAX) {
            throw malformed();
          }
          signatures.add(HexFormat.of().parseHex(value));
        }
        default -> {
          // Other schemes, such as Stripe's v0 for tests, prove nothing.
        }
      }
    }
    if (time == null || signatures.isEmpty()) {
      throw malformed();
    }
    String signedAt = time;
    if (Math.abs(clock.instant().getEpochSecond() - Long.parseLong(signedAt))
        > TOLERANCE.toSeconds()) {
      throw ProblemException.of(ProblemType.UNAUTHENTICATED, "The signature is not of this time");
    }
    boolean valid = false;
    for (String secret : secrets) {
      byte[] expected =
          new Hmac(secret).of((signedAt + ".").getBytes(StandardCharsets.UTF_8), body);
      for (byte[] signature : signatures) {
        valid |= MessageDigest.isEqual(expected, signature);
      }
    }
    if (!valid) {
      throw ProblemException.of(ProblemType.UNAUTHENTICATED, "The signature is not valid");
    }
  }

  private static ProblemException malformed() {
    return ProblemException.of(
        ProblemType.INVALID_INPUT, "The signature must be like t=<seconds>,v1=<64 hex digits>");
  }
}
