package dev.fireside.play.domain;

import dev.fireside.shared.ids.Hmac;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The header `X-Signature: t=<unix seconds>,v1=<hex>` by which a device proves that a request
/// comes from the session it speaks for.
///
/// `v1` is the HMAC-SHA256, under the session's signing key, of `t`, the method, the path and the
/// body as it is sent (compressed, where it is), joined by full stops. Of another form than exactly
/// this, lower-case hex included, it is malformed.
public final class SessionSignature {
  /// The name of the header.
  public static final String HEADER = "X-Signature";

  /// How far the device's clock may be from ours, either way.
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final Pattern FORM = Pattern.compile("t=([0-9]{1,12}),v1=([0-9a-f]{64})");

  private SessionSignature() {}

  /// What came of a check.
  public enum Verdict {
    VALID,
    /// Not of the form that the header has.
    MALFORMED,
    /// Signed too long ago, or at a time that is still to come.
    OTHER_TIME,
    /// Signed with another key, or over something else.
    WRONG
  }

  /// The header of a request.
  ///
  /// @param key the session's signing key, as the player was given it
  /// @param path the path as it is sent, without the query
  public static String sign(String key, Instant now, String method, String path, byte[] body) {
    String time = Long.toString(now.getEpochSecond());
    byte[] signature = new Hmac(key).of(head(time, method, path), body);
    return "t=" + time + ",v1=" + HexFormat.of().formatHex(signature);
  }

  /// Checks the header of a request against one key.
  public static Verdict verify(
      String header, String key, Instant now, String method, String path, byte[] body) {
    Matcher matcher = FORM.matcher(header);
    if (!matcher.matches()) {
      return Verdict.MALFORMED;
    }
    String time = matcher.group(1);
    if (Math.abs(now.getEpochSecond() - Long.parseLong(time)) > TOLERANCE.toSeconds()) {
      return Verdict.OTHER_TIME;
    }
    byte[] signature = HexFormat.of().parseHex(matcher.group(2));
    return new Hmac(key).matches(signature, head(time, method, path), body)
        ? Verdict.VALID
        : Verdict.WRONG;
  }

  /// What is signed before the body.
  private static byte[] head(String time, String method, String path) {
    return (time + "." + method + "." + path + ".").getBytes(StandardCharsets.UTF_8);
  }
}
