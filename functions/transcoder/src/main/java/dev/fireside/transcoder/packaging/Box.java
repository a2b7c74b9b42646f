package dev.fireside.transcoder.packaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Boxes of ISO/IEC 14496-12.
final class Box {
  private static final int HEADER_BYTES = 8;
  private static final int TYPE_BYTES = 4;

  private Box() {}

  static String type(ByteBuffer buffer) {
    var type = new byte[TYPE_BYTES];
    buffer.get(type);
    return new String(type, StandardCharsets.ISO_8859_1);
  }

  /// The content of the first box of a type among those in `buffer`. Throws [IOException] where
  /// there is none.
  static ByteBuffer in(ByteBuffer buffer, String wanted) throws IOException {
    int at = buffer.position();
    while (at + HEADER_BYTES <= buffer.limit()) {
      int size = buffer.getInt(at);
      String type = type(buffer.duplicate().position(at + Integer.BYTES));
      if (size < HEADER_BYTES || size > buffer.limit() - at) {
        break;
      }
      if (type.equals(wanted)) {
        return buffer.slice(at + HEADER_BYTES, size - HEADER_BYTES);
      }
      at += size;
    }
    throw new IOException("No box " + wanted);
  }

  /// The content of a box below others.
  static ByteBuffer at(ByteBuffer buffer, String... path) throws IOException {
    ByteBuffer content = buffer;
    for (String type : path) {
      content = in(content, type);
    }
    return content;
  }
}
