package dev.fireside.uploads.sessions.content;

/// Matroska and WebM.
final class Ebml {
  private static final long SEGMENT = 0x18538067L;

  private Ebml() {}

  /// Whether all is there that the segment announces; one that was recorded live announces nothing.
  static boolean isWhole(Window window) {
    Size head = number(window, 4);
    if (head.isUnknown()) {
      return false;
    }
    long segment = 4 + head.length() + head.value();
    if (window.u32(segment) != SEGMENT) {
      return false;
    }
    Size size = number(window, segment + 4);
    return size.isUnknown() || segment + 4 + size.length() + size.value() <= window.size();
  }

  /// @param length how many bytes it takes
  private record Size(long value, int length, boolean isUnknown) {}

  /// A number whose first bits say how long it is; all ones mean that it is not known.
  private static Size number(Window window, long at) {
    int first = window.u8(at);
    int length = Integer.numberOfLeadingZeros(first) - 23;
    if (length > 8) {
      throw new BrokenException();
    }
    long value = first & (0xff >> length);
    for (int i = 1; i < length; i++) {
      value = value << 8 | window.u8(at + i);
    }
    return new Size(value, length, value == (1L << (7 * length)) - 1);
  }
}
