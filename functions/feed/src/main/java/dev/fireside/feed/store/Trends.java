package dev.fireside.feed.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.fireside.feed.store.PostQueries.Hot;
import dev.fireside.shared.Platform;
import dev.fireside.shared.cache.Cache;
import dev.fireside.shared.cache.Versioned;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.load.Evidence;
import dev.fireside.shared.load.Noted;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.store.Document;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.params.SetParams;

/// The trending posts: `trending` in Redis (5 min, looked up anew every minute), `posts` by `heat`
/// in Firestore. Each list is kept for a while as `trending:{version}`, so that whoever pages goes
/// on in the list they began with.
public final class Trends {
  /// Posts looked at for one list.
  private static final int EXAMINED = 300;

  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final Duration PAGED = Duration.ofMinutes(20);
  private static final Duration KEPT = Duration.ofSeconds(3);

  private final PostQueries posts;
  private final Redis redis;
  private final Clock clock;
  private final Cache<Ranked> cache;
  private volatile Kept kept =
      new Kept(Instant.MIN, new Noted<>(new Ranked(0, List.of()), new Evidence()));

  public Trends(Platform platform, PostQueries posts) {
    this.posts = posts;
    this.redis = platform.redis();
    this.clock = platform.clock();
    this.cache = platform.cache("trending{}", Ranked.class, LIFE, FRESH);
  }

  /// A list of trending posts.
  ///
  /// @param version distinguishes lists
  /// @param posts hottest first
  public record Ranked(long version, List<Hot> posts) {
    public Ranked {
      posts = List.copyOf(posts);
    }
  }

  /// The list of now, as of a few seconds ago at most.
  public Ranked current() {
    Kept known = kept;
    Instant now = clock.instant();
    // A clock that was set back must not keep us from looking.
    if (!known.at.isAfter(now) && known.at.isAfter(now.minus(KEPT))) {
      return known.list.use();
    }
    Noted<Ranked> list =
        Noted.of(() -> cache.get("", _ -> load()).orElseGet(() -> new Ranked(0, List.of())));
    kept = new Kept(now, list);
    return list.use();
  }

  /// A list that this process need not read again for the moment: it is long, and changes once a
  /// minute.
  private record Kept(Instant at, Noted<Ranked> list) {}

  /// The list of a version, if it is still kept.
  public Optional<Ranked> at(long version) {
    String text = redis.callOr(null, client -> client.get(key(version)));
    return text == null ? Optional.empty() : Optional.ofNullable(decode(text));
  }

  private Versioned<Ranked> load() {
    long version = Document.versionOf(clock.instant());
    var ranked = new Ranked(version, posts.hottest(EXAMINED));
    String text = encode(ranked);
    redis.callOr(
        null, client -> client.set(key(version), text, SetParams.setParams().px(PAGED.toMillis())));
    return Versioned.of(version, ranked);
  }

  private static String key(long version) {
    return "trending:" + version;
  }

  private static String encode(Ranked ranked) {
    try {
      return Json.mapper().writeValueAsString(ranked);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Ranked decode(String text) {
    try {
      return Json.mapper().readValue(text, Ranked.class);
    } catch (JsonProcessingException e) {
      // Written by another version of the code: as good as lost.
      return null;
    }
  }
}
