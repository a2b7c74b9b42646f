package dev.fireside.uploads.sessions.content;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Bytes in blocks, some of which are kept: what reads a header here and a header there asks for
/// each block once.
final class Window {
  private static final int BLOCK_BYTES = 64 * 1024;
  private static final int BLOCKS_KEPT = 32;

  /// Blocks that one upload may cost: a container with its headers strewn all over is not worth
  /// more.
  private static final int BLOCKS_MAX = 600;

  private final Bytes bytes;
  private int reads;
  private final Map<Long, byte[]> blocks =
      new LinkedHashMap<>(BLOCKS_KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
          return size() > BLOCKS_KEPT;
        }
      };

  Window(Bytes bytes) {
    this.bytes = bytes;
  }

  long size() {
    return bytes.size();
  }

  /// Bytes from `from` on; throws [BrokenException] where there are fewer.
  byte[] read(long from, int length) {
    if (from < 0 || length < 0 || from + length > size()) {
      throw new BrokenException();
    }
    return upTo(from, length);
  }

  /// As many of these bytes as there are.
  byte[] upTo(long from, int length) {
    int there = (int) Math.max(0, Math.min(length, size() - from));
    var result = new byte[there];
    for (int done = 0; done < there; ) {
      long at = from + done;
      byte[] block = block(at / BLOCK_BYTES);
      int offset = (int) (at % BLOCK_BYTES);
      int count = Math.min(there - done, block.length - offset);
      if (count <= 0) {
        throw new BrokenException();
      }
      System.arraycopy(block, offset, result, done, count);
      done += count;
    }
    return result;
  }

  private byte[] block(long number) {
    byte[] kept = blocks.get(number);
    if (kept == null) {
      reads++;
      if (reads > BLOCKS_MAX) {
        throw new BrokenException();
      }
      kept = bytes.read(number * BLOCK_BYTES, BLOCK_BYTES);
      blocks.put(number, kept);
    }
    return kept;
  }

  int u8(long at) {
    return read(at, 1)[0] & 0xff;
  }

  int u16(long at) {
    byte[] b = read(at, 2);
    return (b[0] & 0xff) << 8 | (b[1] & 0xff);
  }

  long u32(long at) {
    return (long) u16(at) << 16 | u16(at + 2);
  }

  /// Little-endian.
  long u32le(long at) {
    return Integer.toUnsignedLong(Integer.reverseBytes((int) u32(at)));
  }

  /// Throws [BrokenException] where it is no length of anything.
  long u63(long at) {
    long value = u32(at) << 32 | u32(at + 4);
    if (value < 0) {
      throw new BrokenException();
    }
    return value;
  }

  String ascii(long at, int length) {
    return new String(read(at, length), StandardCharsets.ISO_8859_1);
  }
}
