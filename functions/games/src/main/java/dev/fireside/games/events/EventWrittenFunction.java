package dev.fireside.games.events;

import dev.fireside.games.purge.PurgeEvent;
import dev.fireside.games.store.LiveEvents;
import dev.fireside.shared.Platform;
import dev.fireside.shared.cache.NotKeptException;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;

/// Called when a live event was written: outdates the lists, and removes who took part in a deleted
/// one.
public final class EventWrittenFunction extends FirestoreFunction {
  private final LiveEvents liveEvents;
  private final EventLists lists;
  private final PurgeEvent purgeEvent;

  public EventWrittenFunction() {
    this(Platform.current());
  }

  EventWrittenFunction(Platform platform) {
    super(platform);
    this.liveEvents = new LiveEvents(platform);
    this.lists = new EventLists(liveEvents, new HotItems(platform));
    this.purgeEvent = new PurgeEvent(platform);
  }

  @Override
  protected void on(DocumentChange change) {
    if (change.after() == null) {
      purgeEvent.purge(change.id());
    }
    // A document that is gone does not say when.
    long version = change.after() == null ? liveEvents.latest() : change.version();
    NotKeptException.unless(lists.outdate(version));
  }
}
