package dev.fireside.shared.telemetry;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/// Writes log lines to standard error as they come, but those of several threads together: whoever
/// writes takes along what the others have added meanwhile, and nobody waits for a turn.
///
/// The JDK's own handler writes each line alone, under a lock.
final class JsonLines extends Handler {
  private final ConcurrentLinkedQueue<byte[]> lines = new ConcurrentLinkedQueue<>();
  private final ReentrantLock writing = new ReentrantLock();
  private final OutputStream out;

  JsonLines(Formatter formatter) {
    this(formatter, new FileOutputStream(FileDescriptor.err));
  }

  JsonLines(Formatter formatter, OutputStream out) {
    setFormatter(formatter);
    this.out = out;
  }

  @Override
  public void publish(LogRecord record) {
    if (!isLoggable(record)) {
      return;
    }
    String line;
    try {
      line = getFormatter().format(record);
    } catch (RuntimeException e) {
      reportError("A line could not be formatted", e, ErrorManager.FORMAT_FAILURE);
      return;
    }
    lines.add(line.getBytes(StandardCharsets.UTF_8));
    // Who finds the lock taken may go: its holder looks once more after letting go.
    while (!lines.isEmpty() && writing.tryLock()) {
      try {
        writeAll();
      } finally {
        writing.unlock();
      }
    }
  }

  private void writeAll() {
    var together = new java.io.ByteArrayOutputStream();
    for (byte[] line = lines.poll(); line != null; line = lines.poll()) {
      together.writeBytes(line);
    }
    try {
      together.writeTo(out);
      out.flush();
    } catch (IOException e) {
      reportError("Lines could not be written", e, ErrorManager.WRITE_FAILURE);
    }
  }

  /// Waits for whoever writes, then writes the rest.
  @Override
  public void flush() {
    writing.lock();
    try {
      writeAll();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void close() {
    flush();
  }
}
