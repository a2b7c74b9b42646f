package dev.fireside.emulator.storage.disk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Bytes on their way to be an object, in a file that goes unless they become one.
final class Draft implements AutoCloseable {
  private static final int BUFFER = 256 * 1024;

  private final Path file;
  private final OutputStream out;
  private final Checksums sums = new Checksums();

  Draft(Path file) throws IOException {
    this.file = file;
    this.out = Files.newOutputStream(file);
  }

  void append(InputStream in) throws IOException {
    var buffer = new byte[BUFFER];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      out.write(buffer, 0, read);
      sums.add(buffer, read);
    }
  }

  /// Checksums of all that was appended.
  Checksums sums() {
    return sums;
  }

  /// The file, to which nothing is appended any more.
  Path complete() throws IOException {
    out.close();
    return file;
  }

  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(file);
  }
}
