package dev.fireside.games.purge;

import dev.fireside.games.store.PlayerPurge;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.Continuation;

/// Removes who took part in a deleted live event.
public final class PurgeEvent {
  private static final int PAGES_MAX = 20;
  private static final String TOPIC = "games-purge-event";

  private final Continuation<Rest> pages;

  public PurgeEvent(Platform platform) {
    var store = new PlayerPurge(platform);
    this.pages =
        new Continuation<>(
            platform.topics(), TOPIC, PAGES_MAX, rest -> store.purgePageOf(rest.event()));
  }

  /// A message to go on.
  public record Rest(String event) {}

  /// Removes some, and sees to the rest.
  public void purge(String event) {
    pages.run(new Rest(event));
  }
}
