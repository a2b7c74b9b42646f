package dev.fireside.emulator.storage.xml;

import dev.fireside.emulator.storage.disk.Refusal;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Bytes that must be so many.
final class Limited extends FilterInputStream {
  private final long min;
  private final long max;
  private long count;

  Limited(InputStream in, long min, long max) {
    super(in);
    this.min = min;
    this.max = max;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /// Throws a 400 [Refusal] where there are more, or fewer at the end.
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    count += Math.max(0, read);
    if (count > max) {
      throw new Refusal(400, "entityTooLarge", "The object has more than " + max + " bytes");
    }
    if (read < 0 && count < min) {
      throw new Refusal(400, "entityTooSmall", "The object has fewer than " + min + " bytes");
    }
    return read;
  }
}
