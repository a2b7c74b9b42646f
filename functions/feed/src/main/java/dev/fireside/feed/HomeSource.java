package dev.fireside.feed;

import dev.fireside.feed.domain.Slice;
import dev.fireside.shared.Platform;
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
import org.jspecify.annotations.Nullable;

/// Whose posts come to somebody's home, before the rules of sight: the timeline, merged with the
/// outboxes of the pulled authors they follow; below what these hold, and while Redis is away,
/// Firestore. Positions are ids everywhere, so one can go on where the other ended.
final class HomeSource {
  /// Ids cost little in Redis: with some to spare, a page that is refilled needs no second look.
  private static final int AHEAD = 60;

  private final Stores stores;
  private final Redis redis;
  private final RelationReader relations;
  private final PulledOutboxes pulled;
  private final BuildTimeline buildTimeline;

  HomeSource(Platform platform, Stores stores) {
    this.stores = stores;
    this.redis = platform.redis();
    this.relations = new RelationReader(platform);
    this.pulled = new PulledOutboxes(platform, stores);
    this.buildTimeline = new BuildTimeline(platform, stores);
  }

  /// The newest posts below `before` (null: from the top), at least one unless there is none.
  Slice next(Uid viewer, @Nullable String before, int count) {
    try {
      Optional<Slice> slice = merged(viewer, before, Math.max(count, AHEAD));
      if (slice.isPresent() && slice.get().covers(before)) {
        return slice.get();
      }
    } catch (RedisUnavailableException e) {
      // Firestore knows everything; it only costs more.
    }
    var authors = new ArrayList<>(relations.following(viewer));
    authors.add(viewer);
    return stores.posts().newestOf(authors, before, count);
  }

  private Optional<Slice> merged(Uid viewer, @Nullable String before, int count) {
    Optional<Slice> known = readMerged(viewer, before, count);
    return known.isEmpty() && buildTimeline.build(viewer)
        ? readMerged(viewer, before, count)
        : known;
  }

  /// Empty while the timeline is not built.
  private Optional<Slice> readMerged(Uid viewer, @Nullable String before, int count) {
    Batch batch = redis.batch();
    var timeline = stores.timelines().lookup(batch, viewer, before, count);
    var outboxes = pulled.lookup(batch);
    var toKnown = relations.lookup(batch, viewer, outboxes.known());
    batch.run();
    if (timeline.get().isEmpty()) {
      return Optional.empty();
    }
    List<Slice> slices = new ArrayList<>();
    slices.add(timeline.get().get());
    Map<Uid, Slice> heads = outboxes.get();
    relations(viewer, heads, toKnown)
        .forEach((author, relation) -> {
          Slice head = heads.get(author);
          if (relation.follows() && head != null) {
            slices.add(
                head.covers(before) ? head.below(before) : pulled.read(author, before, count));
          }
        });
    return Optional.of(Slice.merge(slices));
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
