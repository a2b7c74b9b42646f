package dev.fireside.payments.vault.store;

import com.google.crypto.tink.subtle.AesGcmJce;
import dev.fireside.shared.config.Config;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys that wrap people's keys: one of Cloud KMS (`PAYMENTS_KMS_KEY`), else those of
/// `PAYMENTS_KEYS`, the newest first. Keys in `PAYMENTS_KEYS` beside one of KMS still unwrap what
/// they wrapped.
final class MasterKeys {
  private static final int KEY_BYTES = 32;
  private static final String LOCAL = "local:bG9jYWwtb25seS1wYXltZW50cy1rZXktMzItYnl0ZXM=";

  private final Map<String, byte[]> own = new LinkedHashMap<>();
  private final @Nullable KmsKey kms;

  MasterKeys(Config config) {
    this.kms = config.text("PAYMENTS_KMS_KEY").map(name -> new KmsKey(name, config)).orElse(null);
    String text = config.text("PAYMENTS_KEYS").orElse(config.isLocal() && kms == null ? LOCAL : "");
    if (text.isBlank() && kms != null) {
      return;
    }
    for (String part : text.split(",", -1)) {
      String[] named = part.strip().split(":", 2);
      try {
        byte[] key = Base64.getDecoder().decode(named.length == 2 ? named[1] : "");
        if (key.length != KEY_BYTES || named[0].isBlank()) {
          throw new IllegalArgumentException("length");
        }
        own.put(named[0], key);
      } catch (IllegalArgumentException e) {
        throw new IllegalStateException(
            "PAYMENTS_KEYS must be like name:base64 of 32 bytes, newest first", e);
      }
    }
  }

  /// The name of the key that wraps.
  String newest() {
    return kms == null ? own.keySet().iterator().next() : kms.id();
  }

  /// Wraps a key for one place by the newest key.
  byte[] wrap(byte[] key, String place) {
    if (kms != null) {
      return kms.encrypt(key, place);
    }
    return encrypt(own(newest()), place, key);
  }

  /// Unwraps a key. Throws [IllegalStateException] where it was changed, belongs elsewhere, or is
  /// wrapped by a key that nobody has.
  byte[] unwrap(String name, byte[] wrapped, String place) {
    if (kms != null && kms.id().equals(name)) {
      return kms.decrypt(wrapped, place);
    }
    return decrypt(own(name), place, wrapped);
  }

  private byte[] own(String name) {
    byte[] key = own.get(name);
    if (key == null) {
      throw new IllegalStateException("PAYMENTS_KEYS has no key " + name);
    }
    return key;
  }

  static byte[] encrypt(byte[] key, String place, byte[] text) {
    try {
      return new AesGcmJce(key).encrypt(text, place.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot encrypt for " + place, e);
    }
  }

  static byte[] decrypt(byte[] key, String place, byte[] sealed) {
    try {
      return new AesGcmJce(key).decrypt(sealed, place.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("What is kept at " + place + " was changed", e);
    }
  }
}
