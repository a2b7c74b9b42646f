package dev.fireside.emulator.storage.xml;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The keys of service accounts whose signatures count.
public final class SigningKeys {
  private final Map<String, PublicKey> keys = new ConcurrentHashMap<>();

  /// Has the signatures of a service account count.
  public void trust(String email, PublicKey key) {
    keys.put(email, key);
  }

  /// Whether the account signed the text, with RSA and SHA-256; the signature is in hexadecimal.
  boolean isSigned(String email, String text, String signature) {
    PublicKey key = keys.get(email);
    if (key == null) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(key);
      verifier.update(text.getBytes(StandardCharsets.UTF_8));
      return verifier.verify(HexFormat.of().parseHex(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
