package dev.fireside.runtime;

import java.util.logging.LogManager;

/// Keeps logging while requests drain: the JDK's own manager closes all handlers as soon as the
/// process is asked to stop, beside whatever else happens then.
///
/// Public because the JDK makes it, from its name.
public final class DrainingLogManager extends LogManager {
  private volatile boolean keep;

  /// From now on handlers stay until the process ends.
  static void keepHandlers() {
    if (LogManager.getLogManager() instanceof DrainingLogManager manager) {
      manager.keep = true;
    }
  }

  @Override
  public void reset() {
    if (!keep) {
      super.reset();
    }
  }
}
