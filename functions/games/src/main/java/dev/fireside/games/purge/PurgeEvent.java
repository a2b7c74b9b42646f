package dev.fireside.games.purge;

import dev.fireside.games.store.PlayerPurge;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.Topics;

/// Removes who took part in a deleted live event.
public final class PurgeEvent {
  private static final int PAGES_MAX = 20;
  private static final String TOPIC = "games-purge-event";

  private final PlayerPurge store;
  private final Topics topics;

  public PurgeEvent(Platform platform) {
    this.store = new PlayerPurge(platform);
    this.topics = platform.topics();
  }

  /// A message to go on.
  public record Rest(String event) {}

  /// Removes some, and sees to the rest.
  public void purge(String event) {
    for (int page = 0; page < PAGES_MAX; page++) {
      if (!store.purgePageOf(event)) {
        return;
      }
    }
    topics.publish(TOPIC, new Rest(event));
  }
}
