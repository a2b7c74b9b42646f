package dev.fireside.feed;

import dev.fireside.feed.store.ActiveFollowers;
import dev.fireside.feed.store.EntryLists;
import dev.fireside.feed.store.FanOuts;
import dev.fireside.feed.store.PostQueries;
import dev.fireside.feed.store.Ties;
import dev.fireside.shared.Platform;

/// What the functions of this module are built on.
///
/// @param listMax entries that a timeline or an outbox holds in Redis, at most
record Stores(
    EntryLists timelines,
    EntryLists outboxes,
    ActiveFollowers active,
    FanOuts fanOuts,
    PostQueries posts,
    Ties ties,
    int listMax) {
  /// As many as Mastodon keeps: 8 days of 100 posts a day, in about 60 kB.
  private static final int LIST_MAX = 800;

  private static final int FETCHED_SHARE = 4;

  static Stores of(Platform platform) {
    int listMax = platform.config().number("FEED_TIMELINE_MAX", LIST_MAX, 20, 10_000);
    return new Stores(
        EntryLists.timelines(platform.redis(), listMax),
        EntryLists.outboxes(platform.redis(), listMax),
        new ActiveFollowers(platform.redis(), platform.clock()),
        new FanOuts(platform.redis(), platform.documents(), platform.clock()),
        new PostQueries(platform),
        new Ties(platform.documents()),
        listMax);
  }

  /// How many posts of one author are put into a list at once, at most.
  int ofOneAuthorMax() {
    return listMax / FETCHED_SHARE;
  }
}
