package dev.fireside.uploads.sessions.content;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// Files that are media and something else as well, for whoever looks from another side.
final class Polyglots {
  /// Browsers and readers of PDF look for their own so far into a file.
  private static final int HEAD_BYTES = 1_024;

  private static final List<String> WORDS =
      List.of("<html", "<script", "<!doctype", "<iframe", "<svg", "<?php", "%pdf-");

  /// The end record of a ZIP with its longest comment.
  private static final int TAIL_BYTES = 22 + 65_535;

  private static final int END_BYTES = 22;

  private Polyglots() {}

  /// @param head the beginning of the bytes
  static boolean has(byte[] head, Window window) {
    String begin =
        new String(head, 0, Math.min(head.length, HEAD_BYTES), StandardCharsets.ISO_8859_1)
            .toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(begin::contains) || endsAsZip(window);
  }

  /// Archives are read from their end: what comes before may be anything.
  private static boolean endsAsZip(Window window) {
    long from = Math.max(0, window.size() - TAIL_BYTES);
    byte[] tail = window.upTo(from, TAIL_BYTES);
    for (int at = tail.length - END_BYTES; at >= 0; at--) {
      if (tail[at] == 'P' && tail[at + 1] == 'K' && tail[at + 2] == 5 && tail[at + 3] == 6) {
        long directory = window.u32le(from + at + 12);
        int comment = (tail[at + 20] & 0xff) | (tail[at + 21] & 0xff) << 8;
        if (directory <= from + at && at + END_BYTES + comment <= tail.length) {
          return true;
        }
      }
    }
    return false;
  }
}
