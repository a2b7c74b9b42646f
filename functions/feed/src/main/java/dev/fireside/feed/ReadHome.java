package dev.fireside.feed;

import dev.fireside.feed.domain.Step;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.store.PostAssembler.Purpose;
import org.jspecify.annotations.Nullable;

/// Reads somebody's home feed, newest first.
final class ReadHome {
  private final HomeSource home;
  private final Pager pager;

  ReadHome(HomeSource home, Pager pager) {
    this.home = home;
    this.pager = pager;
  }

  /// The posts below the id `after` (null: from the top).
  Pager.Filled read(Uid viewer, @Nullable String after, int limit) {
    return pager.fill(
        viewer,
        after,
        limit,
        Purpose.HOME,
        (position, count) -> Step.Run.of(home.next(viewer, position, count), ""));
  }
}
