package dev.fireside.emulator.storage.xml;

import dev.fireside.emulator.storage.disk.Refusal;
import dev.fireside.emulator.storage.http.Call;
import dev.fireside.emulator.storage.json.Resources;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// V4 signed URLs (<https://cloud.google.com/storage/docs/authentication/canonical-requests>).
final class SignedUrl {
  private static final String ALGORITHM = "GOOG4-RSA-SHA256";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");
  private static final long LIFE_MAX_SECONDS = Duration.ofDays(7).toSeconds();

  /// How far clocks may be apart.
  private static final Duration SKEW = Duration.ofMinutes(15);

  private SignedUrl() {}

  /// Whether a call claims to be signed.
  static boolean is(Call call) {
    return call.query().keySet().stream()
        .anyMatch(name -> name.equalsIgnoreCase("X-Goog-Signature"));
  }

  /// Throws a 400 or 403 [Refusal] unless the call is signed by an account whose signature counts,
  /// and its time is not over.
  static void check(Call call, SigningKeys keys, Instant now) {
    var query = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    query.putAll(call.query());
    String date = query.getOrDefault("X-Goog-Date", "");
    Instant signed = time(date);
    long seconds = Call.number("X-Goog-Expires", query.getOrDefault("X-Goog-Expires", ""));
    if (!query.getOrDefault("X-Goog-Algorithm", "").equals(ALGORITHM)
        || seconds > LIFE_MAX_SECONDS) {
      throw Refusal.invalid("X-Goog-Algorithm or X-Goog-Expires is not possible");
    }
    if (now.isAfter(signed.plusSeconds(seconds))) {
      throw new Refusal(400, "expiredToken", "Invalid argument: the signature has expired");
    }
    if (now.isBefore(signed.minus(SKEW))) {
      throw new Refusal(403, "accessDenied", "The signature is of a time to come");
    }
    String[] credential = query.getOrDefault("X-Goog-Credential", "").split("/", 2);
    String scope = credential.length < 2 ? "" : credential[1];
    String headers = query.getOrDefault("X-Goog-SignedHeaders", "");
    String text = ALGORITHM + "\n" + date + "\n" + scope + "\n" + sha256(canonical(call, headers));
    String signature = query.getOrDefault("X-Goog-Signature", "");
    if (!scope.startsWith(date.substring(0, 8))
        || !Arrays.asList(headers.split(";", -1)).contains("host")
        || !keys.isSigned(credential[0], text, signature)) {
      throw new Refusal(
          403,
          "signatureDoesNotMatch",
          "The request signature we calculated does not match the signature you provided.");
    }
  }

  private static Instant time(String date) {
    try {
      return LocalDateTime.parse(date, TIME).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw Refusal.invalid("X-Goog-Date is no time");
    }
  }

  private static String canonical(Call call, String signedHeaders) {
    String query =
        call.query().entrySet().stream()
            .filter(entry -> !entry.getKey().equalsIgnoreCase("X-Goog-Signature"))
            .map(SignedUrl::encoded)
            .sorted()
            .collect(Collectors.joining("&"));
    var headers = new StringBuilder();
    for (String name : signedHeaders.split(";", -1)) {
      String value = call.header(name).orElse("").strip().replaceAll(" +", " ");
      headers.append(name).append(':').append(value).append('\n');
    }
    return String.join(
        "\n",
        call.method(),
        call.path(),
        query,
        headers,
        signedHeaders,
        call.header("x-goog-content-sha256").orElse("UNSIGNED-PAYLOAD"));
  }

  private static String encoded(Map.Entry<String, String> entry) {
    return encoded(entry.getKey()) + "=" + encoded(entry.getValue());
  }

  /// As RFC 3986 says, where `*` is encoded and `~` is not.
  private static String encoded(String text) {
    return Resources.encoded(text).replace("*", "%2A").replace("%7E", "~");
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
