package dev.fireside.shared.load;

import dev.fireside.shared.UnavailableException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// There is too much to do at the moment: the call was refused at once, before it cost anything.
public final class OverloadedException extends UnavailableException {
  private static final long serialVersionUID = 1L;
  private static final int AGAIN_SECONDS_MAX = 3;

  OverloadedException(String store) {
    // Not the same for all, who would all come back at once.
    super(
        Duration.ofSeconds(1 + ThreadLocalRandom.current().nextInt(AGAIN_SECONDS_MAX)),
        "Too many calls of " + store + " are under way");
  }
}
