package dev.fireside.presence;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.RealtimeChange;
import dev.fireside.shared.events.RealtimeFunction;
import dev.fireside.shared.ids.Uid;

/// Called when a connection came, went, or changed between online and away.
public final class StatusWrittenFunction extends RealtimeFunction {
  private final CountPresence countPresence;

  public StatusWrittenFunction() {
    this(Platform.current());
  }

  StatusWrittenFunction(Platform platform) {
    super(platform);
    this.countPresence = new CountPresence(new Stores(platform), platform.clock());
  }

  @Override
  protected void on(RealtimeChange change) {
    // The rules let nobody else write there; a console may.
    if (Uid.isValid(change.part(1))) {
      countPresence.count(new Uid(change.part(1)), change.instance(), change.time());
    }
  }
}
