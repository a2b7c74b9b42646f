package dev.fireside.emulator;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Things to be closed together, the last first.
final class Closing implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Closing.class);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /// Adds a thing and hands it back.
  synchronized <T extends AutoCloseable> T add(T thing) {
    open.push(thing);
    return thing;
  }

  @Override
  public synchronized void close() {
    while (!open.isEmpty()) {
      AutoCloseable thing = open.pop();
      try {
        thing.close();
      } catch (Exception e) {
        log.warn("{} does not close", thing, e);
      }
    }
  }
}
