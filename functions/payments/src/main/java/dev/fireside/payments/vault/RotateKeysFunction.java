package dev.fireside.payments.vault;

import dev.fireside.payments.vault.store.Vault;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.ScheduledFunction;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Wraps people's keys by the newest master key, so that the one before can be given up.
public final class RotateKeysFunction extends ScheduledFunction {
  private static final Logger log = LoggerFactory.getLogger(RotateKeysFunction.class);

  private final Vault vault;

  public RotateKeysFunction() {
    this(Platform.current());
  }

  RotateKeysFunction(Platform platform) {
    super(platform);
    this.vault = new Vault(platform.documents(), platform.config(), platform.clock());
  }

  @Override
  protected void run(Instant scheduled) {
    int rotated = vault.rotate();
    if (rotated > 0) {
      log.info("{} people's keys are wrapped anew", rotated);
    }
  }
}
