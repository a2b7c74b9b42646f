package dev.fireside.feed.store;

import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.redis.RedisUnavailableException;
import dev.fireside.social.domain.PostEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Ranked feeds while somebody pages through them: `foryou:{uid}:{snapshot}`, a list whose first
/// element says below which id the feed goes on by time.
public final class Snapshots {
  /// How long a ranked feed can be paged.
  public static final Duration LIFE = Duration.ofMinutes(15);

  private final Redis redis;

  public Snapshots(Redis redis) {
    this.redis = redis;
  }

  /// A part of a ranked feed.
  ///
  /// @param entries in order of rank
  /// @param floor id below which the feed goes on by time; null where there is nothing below
  public record Part(List<PostEntry> entries, @Nullable String floor) {
    public Part {
      entries = List.copyOf(entries);
    }
  }

  /// Keeps a ranked feed. Throws while Redis is away.
  public void save(Uid uid, String snapshot, Part ranked) {
    var elements = new ArrayList<String>();
    elements.add(ranked.floor() == null ? "" : ranked.floor());
    ranked.entries().forEach(entry -> elements.add(entry.encode()));
    String key = key(uid, snapshot);
    redis.pipeline(pipeline -> {
      pipeline.rpush(key, elements.toArray(String[]::new));
      pipeline.pexpire(key, LIFE.toMillis());
    });
  }

  /// The entries from `offset` on; empty when the feed is not kept any more, or Redis is away.
  public Optional<Part> read(Uid uid, String snapshot, int offset, int count) {
    String key = key(uid, snapshot);
    Batch batch = redis.batch();
    var floor = batch.add(pipeline -> pipeline.lindex(key, 0));
    var entries = batch.add(pipeline -> pipeline.lrange(key, offset + 1L, (long) offset + count));
    try {
      batch.run();
    } catch (RedisUnavailableException e) {
      return Optional.empty();
    }
    if (floor.get() == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Part(
            entries.get().stream().map(PostEntry::decode).flatMap(Optional::stream).toList(),
            floor.get().isEmpty() ? null : floor.get()));
  }

  private static String key(Uid uid, String snapshot) {
    return "foryou:" + uid + ":" + snapshot;
  }
}
