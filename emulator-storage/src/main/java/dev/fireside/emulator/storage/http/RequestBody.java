package dev.fireside.emulator.storage.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Tells a connection that breaks from a disk that does: it throws [ClientGoneException].
final class RequestBody extends FilterInputStream {
  RequestBody(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    try {
      return in.read();
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }

  @Override
  public int read(byte[] buffer, int from, int length) throws IOException {
    try {
      return in.read(buffer, from, length);
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }

  @Override
  public long skip(long count) throws IOException {
    try {
      return in.skip(count);
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }
}
