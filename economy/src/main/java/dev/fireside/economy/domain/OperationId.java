package dev.fireside.economy.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// What makes an operation the same operation: within one inventory each id has its effect once,
/// for ever. 1 to 500 visible ASCII characters, such as `reward:{board}:{period}:{uid}`.
public record OperationId(String value) {
  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,500}");
  private static final int NAME_BYTES = 20;

  public OperationId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("Not an operation id");
    }
  }

  /// The name of its document: a hash, since ids hold slashes and neighbours would share a prefix.
  public String documentName() {
    return hash(value);
  }

  static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
