package dev.fireside.emulator;

import java.io.PrintStream;

/// Something that `./scripts/dev --<name>` does once everything runs. Found by
/// [java.util.ServiceLoader].
public interface DevTask {
  /// The name of its flag, without the dashes.
  String name();

  /// Does it, reporting its progress on `out`. Returns 0 when all went well.
  int run(LocalProject project, PrintStream out) throws Exception;
}
