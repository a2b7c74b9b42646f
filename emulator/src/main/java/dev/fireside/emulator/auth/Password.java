package dev.fireside.emulator.auth;

import static dev.fireside.emulator.auth.IdentityException.check;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// A password as it is kept: salted and hashed.
final class Password {
  private static final int LENGTH_MIN = 6;
  private static final int LENGTH_MAX = 4096;
  private static final int SALT_BYTES = 16;
  // Few, because it guards test passwords and every test signs in.
  private static final int ITERATIONS = 1_000;
  private static final int HASH_BITS = 256;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] salt;
  private final byte[] hash;

  private Password(byte[] salt, byte[] hash) {
    this.salt = salt;
    this.hash = hash;
  }

  static Password of(String clear) {
    check(
        clear.length() >= LENGTH_MIN,
        "WEAK_PASSWORD : Password should be at least " + LENGTH_MIN + " characters");
    check(clear.length() <= LENGTH_MAX, "PASSWORD_TOO_LONG");
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return new Password(salt, hash(clear, salt));
  }

  boolean matches(String clear) {
    return MessageDigest.isEqual(hash, hash(clear, salt));
  }

  private static byte[] hash(String clear, byte[] salt) {
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
          .generateSecret(new PBEKeySpec(clear.toCharArray(), salt, ITERATIONS, HASH_BITS))
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
