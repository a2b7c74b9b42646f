package dev.fireside.emulator.database.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts the messages of one connection together again.
final class Assembler {
  /// A value of 10 MB fits, also where many of its characters are escaped.
  static final int MESSAGE_CHARS_MAX = 24 << 20;

  /// What all connections together may have begun and not ended, in characters.
  static final long UNFINISHED_CHARS_MAX = 128L << 20;

  private static final int PIECES_MAX = 16_384;
  private static final Pattern COUNT = Pattern.compile("\\d{1,6}");

  private final AtomicLong unfinished;
  private final List<String> pieces = new ArrayList<>();
  private int missing;
  private int chars;

  /// @param unfinished characters of unfinished messages, of all connections
  Assembler(AtomicLong unfinished) {
    this.unfinished = unfinished;
  }

  /// The message that a frame ends; null for a keep-alive, a count, or a piece that is not the
  /// last.
  @Nullable String add(String frame) throws FrameException {
    if (missing > 0) {
      return addPiece(frame);
    }
    if (COUNT.matcher(frame).matches()) {
      // 0 keeps the connection alive.
      missing = Integer.parseInt(frame);
      if (missing > PIECES_MAX) {
        throw new FrameException("Message too large");
      }
      return null;
    }
    return frame;
  }

  private @Nullable String addPiece(String piece) throws FrameException {
    pieces.add(piece);
    chars += piece.length();
    long all = unfinished.addAndGet(piece.length());
    if (chars > MESSAGE_CHARS_MAX || all > UNFINISHED_CHARS_MAX) {
      throw new FrameException("Message too large");
    }
    missing--;
    if (missing > 0) {
      return null;
    }
    String message = String.join("", pieces);
    clear();
    return message;
  }

  /// Forgets an unfinished message, as its connection ends.
  void clear() {
    unfinished.addAndGet(-pieces.stream().mapToLong(String::length).sum());
    pieces.clear();
    chars = 0;
    missing = 0;
  }
}
