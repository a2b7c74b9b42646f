package dev.fireside.shared.http;

import java.io.IOException;
import java.io.OutputStream;

/// A body that is written piece by piece while it is read, of any length. It runs after the handler
/// has returned and the status is sent: what may be refused is checked before.
@FunctionalInterface
public interface StreamedBody {
  /// Writes all of it. What this throws ends the connection, so that nobody takes a part for the
  /// whole.
  void writeTo(OutputStream out) throws IOException;
}
