package dev.fireside.shared.events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What makes an event the same event for one function: CloudEvents' `source` and `id`. The
/// function belongs to it, because two functions that hear of one write may be told the same id.
public record EventId(String function, String source, String id) {

  /// A name for documents about this event: a hash, since sources and ids hold slashes.
  public String documentName() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((function + "\n" + source + "\n" + id).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 20);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
