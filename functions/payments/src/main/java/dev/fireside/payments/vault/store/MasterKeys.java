package dev.fireside.payments.vault.store;

import dev.fireside.shared.config.Config;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The keys that wrap people's keys: one of Cloud KMS (`PAYMENTS_KMS_KEY`), else those of
/// `PAYMENTS_KEYS`, the newest first. Keys in `PAYMENTS_KEYS` beside one of KMS still unwrap what
/// they wrapped.
final class MasterKeys {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();
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

  /// AES-GCM of a text: 12 random bytes, then the ciphertext, then 16 bytes that authenticate it
  /// and the place.
  static byte[] encrypt(byte[] key, String place, byte[] text) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, place, nonce).doFinal(text);
      return ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot encrypt for " + place, e);
    }
  }

  static byte[] decrypt(byte[] key, String place, byte[] sealed) {
    if (sealed.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
      throw new IllegalStateException("What is kept at " + place + " was changed");
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, key, place, Arrays.copyOf(sealed, NONCE_BYTES))
          .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("What is kept at " + place + " was changed", e);
    }
  }

  private static Cipher cipher(int mode, byte[] key, String place, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
