package dev.fireside.feed;

import dev.fireside.feed.domain.Slice;
import dev.fireside.feed.domain.Step;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Batch;
import dev.fireside.social.store.PostAssembler.Purpose;
import java.util.function.Supplier;
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
    return pager.fill(viewer, after, limit, Purpose.HOME, new Timeline(viewer));
  }

  /// The same, its first look at Redis in a batch with other reads.
  Supplier<Pager.Filled> read(Batch batch, Uid viewer, @Nullable String after, int limit) {
    return pager.fill(batch, viewer, after, limit, Purpose.HOME, new Timeline(viewer));
  }

  /// The home feed as a source of pages.
  private final class Timeline implements Pager.Source {
    private final Uid viewer;

    Timeline(Uid viewer) {
      this.viewer = viewer;
    }

    @Override
    public Step.Run next(@Nullable String after, int count) {
      return Step.Run.of(home.next(viewer, after, count), "");
    }

    @Override
    public boolean mayComeAgain(String id, String position) {
      return id.compareTo(position) < 0;
    }

    @Override
    public Supplier<Step.Run> next(Batch batch, @Nullable String after, int count) {
      Supplier<Slice> slice = home.next(batch, viewer, after, count);
      return () -> Step.Run.of(slice.get(), "");
    }
  }
}
