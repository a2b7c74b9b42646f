package dev.fireside.shared.ids;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256, for names of documents and for comparing what was sent before.
public final class Digest {
  /// Bytes of a digest.
  public static final int BYTES = 32;

  /// Never fed: copied, since to look one up by name takes longer than a short digest.
  private static final MessageDigest SHA_256 = begin();

  private Digest() {}

  /// The digest of bytes.
  public static byte[] sha256(byte[] bytes) {
    try {
      return ((MessageDigest) SHA_256.clone()).digest(bytes);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A SHA-256 of what is still to come.
  public static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The digest of a text in UTF-8.
  public static byte[] sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The first `bytes` bytes of a text's digest, in lower-case hex.
  ///
  /// @param bytes 1 to [#BYTES]
  public static String hex(String text, int bytes) {
    return HexFormat.of().formatHex(sha256(text), 0, bytes);
  }
}
