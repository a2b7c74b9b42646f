package dev.fireside.games.events;

import dev.fireside.games.store.LiveEvents;

/// What is made from live events and outdated by each write to one.
final class EventLists {
  private final LiveEvents liveEvents;
  private final HotItems hotItems;

  EventLists(LiveEvents liveEvents, HotItems hotItems) {
    this.liveEvents = liveEvents;
    this.hotItems = hotItems;
  }

  /// Marks all of it as outdated.
  ///
  /// @param version of the document that was written
  /// @return false while Redis is away: then an event has to come again
  boolean outdate(long version) {
    boolean listed = liveEvents.outdate(version);
    return hotItems.cache().outdate(version) && listed;
  }
}
