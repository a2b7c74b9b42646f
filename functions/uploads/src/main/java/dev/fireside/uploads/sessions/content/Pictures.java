package dev.fireside.uploads.sessions.content;

/// Pictures, by their headers alone: nothing is unpacked.
final class Pictures {
  /// Pixels that are still worked on: four bytes each, and twice that while it is scaled.
  private static final long PIXELS_MAX = 60_000_000;

  private static final int EDGE_MAX = 16_384;
  private static final int MARKERS_MAX = 500;

  /// How far before the end of the bytes a picture may end: cameras append what is their own.
  private static final int TAIL_BYTES = 64 * 1024;

  private Pictures() {}

  /// @param width in pixels, as its header says
  /// @param height in pixels, as its header says
  record Size(long width, long height) {
    long pixels() {
      return width * height;
    }

    boolean isTooLarge() {
      return width > EDGE_MAX || height > EDGE_MAX || pixels() > PIXELS_MAX;
    }
  }

  /// Throws [BrokenException] where the header says none.
  static Size size(String type, Window window) {
    return switch (type) {
      case "image/png" -> new Size(window.u32(16), window.u32(20));
      case "image/gif" -> new Size(le16(window, 6), le16(window, 8));
      case "image/jpeg" -> jpeg(window);
      case "image/webp" -> webp(window);
      case "image/avif", "image/heic" -> heif(window);
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static int le16(Window window, long at) {
    return window.u8(at) | window.u8(at + 1) << 8;
  }

  private static int le24(Window window, long at) {
    return le16(window, at) | window.u8(at + 2) << 16;
  }

  private static Size jpeg(Window window) {
    long at = 2;
    for (int count = 0; count < MARKERS_MAX; count++) {
      if (window.u8(at) != 0xff) {
        throw new BrokenException();
      }
      int marker = window.u8(at + 1);
      if (marker == 0xff) {
        at++;
      } else if (isFrame(marker)) {
        return new Size(window.u16(at + 7), window.u16(at + 5));
      } else {
        int length = window.u16(at + 2);
        if (length < 2) {
          throw new BrokenException();
        }
        at += 2L + length;
      }
    }
    throw new BrokenException();
  }

  /// Start of frame, of any coding; C4, C8 and CC are something else.
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static Size webp(Window window) {
    return switch (window.ascii(12, 4)) {
      case "VP8X" -> new Size(le24(window, 24) + 1L, le24(window, 27) + 1L);
      case "VP8 " -> new Size(le16(window, 26) & 0x3fff, le16(window, 28) & 0x3fff);
      case "VP8L" -> {
        long bits = window.u32le(21);
        yield new Size((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
      }
      default -> throw new BrokenException();
    };
  }

  /// The largest of its images: tiles are smaller than what they make together.
  private static Size heif(Window window) {
    var largest = new Size[] {new Size(0, 0)};
    Boxes.each(window, 0, window.size(), box -> inside(window, box, largest));
    return largest[0];
  }

  private static void inside(Window window, Boxes.Box box, Size[] largest) {
    switch (box.type()) {
      case "meta" ->
          Boxes.each(window, box.from() + 4, box.end(), it -> inside(window, it, largest));
      case "iprp", "ipco" ->
          Boxes.each(window, box.from(), box.end(), it -> inside(window, it, largest));
      case "ispe" -> {
        var size = new Size(window.u32(box.from() + 4), window.u32(box.from() + 8));
        if (!largest[0].isTooLarge()
            && (size.isTooLarge() || size.pixels() > largest[0].pixels())) {
          largest[0] = size;
        }
      }
      default -> {}
    }
  }

  /// Whether its end is there.
  static boolean isWhole(String type, Window window) {
    return switch (type) {
      case "image/png" -> endsWith(window, "IEND\u00aeB`\u0082");
      case "image/gif" -> endsWith(window, ";");
      case "image/jpeg" -> endsWith(window, "\u00ff\u00d9");
      case "image/webp" -> Riff.isWhole(window);
      // Their boxes were walked to the end.
      default -> true;
    };
  }

  private static boolean endsWith(Window window, String mark) {
    int length = (int) Math.min(TAIL_BYTES, window.size());
    return window.ascii(window.size() - length, length).contains(mark);
  }
}
