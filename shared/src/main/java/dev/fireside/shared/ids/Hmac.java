package dev.fireside.shared.ids;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA256 under one key.
public final class Hmac {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  public Hmac(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /// Under the UTF-8 of a secret.
  public Hmac(String secret) {
    this(secret.getBytes(StandardCharsets.UTF_8));
  }

  /// The code of parts, one after the other: 32 bytes.
  public byte[] of(byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The code of the UTF-8 of a text.
  public byte[] of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Whether this is the code of parts; takes as long for every wrong one.
  public boolean matches(byte[] code, byte[]... parts) {
    return MessageDigest.isEqual(of(parts), code);
  }
}
