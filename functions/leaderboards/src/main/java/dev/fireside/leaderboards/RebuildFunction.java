package dev.fireside.leaderboards;

import dev.fireside.play.store.Builds;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.Message;
import dev.fireside.shared.events.MessageFunction;

/// Builds the ranks of a period in Redis, where they were lost; goes on by messages.
public final class RebuildFunction extends MessageFunction {
  private final Builds builds;

  public RebuildFunction() {
    this(Platform.current());
  }

  RebuildFunction(Platform platform) {
    super(platform);
    this.builds = new Builds(platform);
  }

  @Override
  protected void on(Message message) {
    builds.run(message.as(Builds.Request.class));
  }
}
