package dev.fireside.acceptance.routes;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What devices and providers prove themselves by, worked out as their documentation says.
final class Signatures {
  private Signatures() {}

  /// The header `t=<seconds>,v1=<hex>` of an HMAC-SHA256 over the time and more, joined by full
  /// stops.
  static String header(String secret, long seconds, String signed) {
    return "t=" + seconds + ",v1=" + hmac(secret, seconds + "." + signed);
  }

  private static String hmac(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
