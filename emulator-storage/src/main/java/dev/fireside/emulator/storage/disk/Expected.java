package dev.fireside.emulator.storage.disk;

import org.jspecify.annotations.Nullable;

/// The checksums that a client says its bytes have, in Base64; null where it does not say.
public record Expected(@Nullable String crc32c, @Nullable String md5) {
  /// The client says nothing.
  public static final Expected NONE = new Expected(null, null);

  /// These, and where they say nothing, `other`.
  public Expected or(Expected other) {
    return new Expected(crc32c == null ? other.crc32c : crc32c, md5 == null ? other.md5 : md5);
  }

  void check(Checksums sums) {
    if (crc32c != null && !crc32c.equals(sums.crc32c())) {
      throw Refusal.invalid(
          "Provided CRC32C \"%s\" doesn't match calculated CRC32C \"%s\"."
              .formatted(crc32c, sums.crc32c()));
    }
    if (md5 != null && !md5.equals(sums.md5())) {
      throw Refusal.invalid(
          "Provided MD5 hash \"%s\" doesn't match calculated MD5 hash \"%s\"."
              .formatted(md5, sums.md5()));
    }
  }
}
