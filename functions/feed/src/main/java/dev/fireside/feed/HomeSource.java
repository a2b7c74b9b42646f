package dev.fireside.feed;

import dev.fireside.feed.domain.Slice;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.redis.RedisUnavailableException;
import dev.fireside.social.domain.Relation;
import dev.fireside.social.store.RelationReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whose posts come to somebody's home, before the rules of sight: the timeline, merged with the
/// outboxes of the pulled authors they follow; below what these hold, and while Redis is away,
/// Firestore. Positions are ids everywhere, so one can go on where the other ended.
final class HomeSource {
  /// Entries asked for beyond those of a page: up to as many may turn out hidden without a second
  /// look. Each costs Redis and the reader a little, on every page.
  private static final int SPARE = 10;

  private final Stores stores;
  private final Redis redis;
  private final RelationReader relations;
  private final PulledOutboxes pulled;
  private final FanIn fanIn;
  private final BuildTimeline buildTimeline;
  private final Ids ids;

  HomeSource(Platform platform, Stores stores) {
    this.stores = stores;
    this.redis = platform.redis();
    this.relations = new RelationReader(platform);
    this.pulled = new PulledOutboxes(platform, stores);
    this.fanIn = new FanIn(platform, stores);
    this.buildTimeline = new BuildTimeline(platform, stores);
    this.ids = platform.ids();
  }

  /// The newest posts below `before` (null: from the top), at least one unless there is none.
  Slice next(Uid viewer, @Nullable String before, int count) {
    Batch batch = redis.batch();
    Supplier<Slice> slice = next(batch, viewer, before, count);
    batch.runOrGiveUp();
    return slice.get();
  }

  /// The same, its first look at Redis in a batch with other reads.
  Supplier<Slice> next(Batch batch, Uid viewer, @Nullable String before, int count) {
    var look = new Look(batch, viewer, before, count + SPARE);
    return () -> next(look, count);
  }

  private Slice next(Look look, int count) {
    try {
      Optional<Slice> slice = merged(look, count);
      if (slice.isPresent() && slice.get().covers(look.before)) {
        return slice.get();
      }
    } catch (RedisUnavailableException e) {
      // Firestore knows everything; it only costs more.
    }
    return below(look.viewer, look.before, count);
  }

  /// What is below a timeline, which then reaches down to it.
  private Slice below(Uid viewer, @Nullable String before, int count) {
    String token = ids.next();
    boolean begun =
        before != null
            && FanIn.ifRedisIsThere(() -> stores.timelines().beginBelow(List.of(viewer), token));
    var authors = new ArrayList<>(relations.following(viewer));
    authors.add(viewer);
    Slice found = fanIn.newestOf(authors, before, count);
    if (before != null && begun) {
      FanIn.ifRedisIsThere(
          () -> stores.timelines().extendAll(token, before, Map.of(viewer, found)));
    }
    return found;
  }

  private Optional<Slice> merged(Look look, int count) {
    Optional<Slice> known = look.merged();
    if (known.isPresent() || !buildTimeline.build(look.viewer, count)) {
      return known;
    }
    Batch batch = redis.batch();
    var again = new Look(batch, look.viewer, look.before, look.count);
    batch.run();
    return again.merged();
  }

  /// One look at Redis: what was asked for in a batch.
  private final class Look {
    private final Uid viewer;
    private final @Nullable String before;
    private final int count;
    private final Supplier<Optional<Slice>> timeline;
    private final PulledOutboxes.Pending outboxes;
    private final RelationReader.Pending toKnown;

    Look(Batch batch, Uid viewer, @Nullable String before, int count) {
      this.viewer = viewer;
      this.before = before;
      this.count = count;
      this.timeline = stores.timelines().lookup(batch, viewer, before, count);
      this.outboxes = pulled.lookup(batch);
      this.toKnown = relations.lookup(batch, viewer, outboxes.known());
    }

    /// Empty while the timeline is not built.
    Optional<Slice> merged() {
      Optional<Slice> own = timeline.get();
      if (own.isEmpty()) {
        return Optional.empty();
      }
      List<Slice> slices = new ArrayList<>();
      slices.add(own.get());
      Map<Uid, Slice> heads = outboxes.get();
      relations(viewer, heads, toKnown)
          .forEach((author, relation) -> {
            Slice head = heads.get(author);
            if (relation.follows() && head != null) {
              Slice posts =
                  head.covers(before) ? head.below(before) : pulled.read(author, before, count);
              slices.add(posts.newest(count));
            }
          });
      return Optional.of(Slice.merge(slices));
    }
  }

  private Map<Uid, Relation> relations(
      Uid viewer, Map<Uid, Slice> heads, RelationReader.Pending toKnown) {
    var result = new HashMap<>(toKnown.get());
    List<Uid> others = heads.keySet().stream().filter(uid -> !result.containsKey(uid)).toList();
    if (!others.isEmpty()) {
      result.putAll(relations.getAll(viewer, others));
    }
    return result;
  }
}
