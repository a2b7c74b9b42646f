package dev.fireside.emulator.storage.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// CRC32C and MD5 of bytes as they come.
public final class Checksums {
  private static final int BUFFER = 64 * 1024;

  private final CRC32C crc = new CRC32C();
  private final MessageDigest md5;
  private @Nullable String md5Base64;

  public Checksums() {
    try {
      md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The checksums of a file.
  static Checksums of(Path file) throws IOException {
    var sums = new Checksums();
    var buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sums.add(buffer, read);
      }
    }
    return sums;
  }

  void add(byte[] bytes, int length) {
    crc.update(bytes, 0, length);
    md5.update(bytes, 0, length);
  }

  /// CRC32C, big-endian, in Base64.
  String crc32c() {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  /// MD5 in Base64. Nothing can be added from here on.
  String md5() {
    if (md5Base64 == null) {
      md5Base64 = Base64.getEncoder().encodeToString(md5.digest());
    }
    return md5Base64;
  }
}
