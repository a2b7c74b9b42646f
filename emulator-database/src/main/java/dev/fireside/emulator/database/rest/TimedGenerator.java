package dev.fireside.emulator.database.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;
import java.io.InterruptedIOException;

/// Writes JSON until a time is over, then throws [InterruptedIOException].
final class TimedGenerator extends JsonGeneratorDelegate {
  private final long endNanos;

  /// @param endNanos of [System#nanoTime]
  TimedGenerator(JsonGenerator out, long endNanos) throws IOException {
    super(out, false);
    this.endNanos = endNanos;
    check();
  }

  @Override
  public void writeFieldName(String name) throws IOException {
    check();
    super.writeFieldName(name);
  }

  private void check() throws IOException {
    if (System.nanoTime() - endNanos > 0) {
      throw new InterruptedIOException(
          "Data requested exceeds the maximum size that can be accessed with a single request.");
    }
  }
}
