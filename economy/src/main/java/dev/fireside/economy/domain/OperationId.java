package dev.fireside.economy.domain;

import dev.fireside.shared.ids.Digest;
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
    return Digest.hex(text, NAME_BYTES);
  }

  @Override
  public String toString() {
    return value;
  }
}
