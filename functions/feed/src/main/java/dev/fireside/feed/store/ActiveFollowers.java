package dev.fireside.feed.store;

import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.redis.Script;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who of an author's followers have a timeline: `active:{author}`, a sorted set of followers by
/// the second in which they joined.
///
/// Who builds a timeline joins those of everybody they follow, before they look for posts. A
/// fan-out that meets no timeline any more forgets the follower. The member `:built` (score 0; no
/// uid holds a colon) says that nobody is missing; `:building:token` that a walk through `follows`
/// is on its way to that.
public final class ActiveFollowers {
  private static final Duration LIFE = Duration.ofDays(30);

  /// Who joined less than this ago is not forgotten: they may be just building their timeline.
  private static final Duration SETTLED = Duration.ofHours(1);

  private static final int PIPELINE_MAX = 1_000;
  private static final String BUILDING = ":building:";

  /// The followers behind (score, member), which need not be there any more: it is put there for a
  /// moment to ask for its rank. Scores only grow, so who moves meanwhile is met later.
  private static final Script PAGE =
      Script.of(
          """
          if not redis.call('ZSCORE', KEYS[1], ':built') then
            return {}
          end
          local markers = redis.call('ZCOUNT', KEYS[1], '-inf', '0')
          local start = markers
          if ARGV[2] ~= '' then
            local own = redis.call('ZSCORE', KEYS[1], ARGV[2])
            redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])
            start = redis.call('ZRANK', KEYS[1], ARGV[2])
            if own then
              redis.call('ZADD', KEYS[1], own, ARGV[2])
              if tonumber(own) <= tonumber(ARGV[1]) then
                start = start + 1
              end
            else
              redis.call('ZREM', KEYS[1], ARGV[2])
            end
          end
          redis.call('PEXPIRE', KEYS[1], ARGV[4])
          local page = redis.call('ZRANGE', KEYS[1], start, start + ARGV[3] - 1, 'WITHSCORES')
          table.insert(page, 1, tostring(redis.call('ZCARD', KEYS[1]) - markers))
          return page
          """);

  /// latest score to forget, members
  private static final Script FORGET =
      Script.of(
          """
          for i = 2, #ARGV do
            local score = redis.call('ZSCORE', KEYS[1], ARGV[i])
            if score and tonumber(score) <= tonumber(ARGV[1]) then
              redis.call('ZREM', KEYS[1], ARGV[i])
            end
          end
          return 1
          """);

  /// token
  private static final Script IS_GOING_ON =
      Script.of(
          """
          if redis.call('ZSCORE', KEYS[1], ':built')
              or redis.call('ZSCORE', KEYS[1], ':building:' .. ARGV[1]) then
            return 1
          end
          return 0
          """);

  /// token
  private static final Script FINISH =
      Script.of(
          """
          if not redis.call('ZSCORE', KEYS[1], ':building:' .. ARGV[1]) then
            return redis.call('ZSCORE', KEYS[1], ':built') and 1 or 0
          end
          redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '0')
          redis.call('ZADD', KEYS[1], 0, ':built')
          return 1
          """);

  private final Redis redis;
  private final Clock clock;

  public ActiveFollowers(Redis redis, Clock clock) {
    this.redis = redis;
    this.clock = clock;
  }

  /// Some of an author's active followers.
  ///
  /// @param followers in the order they joined
  /// @param next what to ask for those behind them with; null on the last page
  /// @param total how many there are
  public record Page(List<Uid> followers, @Nullable String next, long total) {
    public Page {
      followers = List.copyOf(followers);
    }
  }

  /// The followers behind `after` (null: the first); empty while not all are known.
  public Optional<Page> page(Uid author, @Nullable String after, int count) {
    String[] position = after == null ? new String[] {"", ""} : after.split(":", 2);
    Object answer =
        redis.run(
            PAGE,
            List.of(key(author)),
            List.of(
                position[0], position[1], Integer.toString(count), Long.toString(LIFE.toMillis())));
    if (!(answer instanceof List<?> list) || list.isEmpty()) {
      return Optional.empty();
    }
    var followers = new ArrayList<Uid>();
    for (int i = 1; i < list.size(); i += 2) {
      followers.add(new Uid(String.valueOf(list.get(i))));
    }
    String next = followers.size() < count ? null : list.getLast() + ":" + followers.getLast();
    return Optional.of(new Page(followers, next, Long.parseLong(String.valueOf(list.getFirst()))));
  }

  /// How many there are; empty while not all are known.
  public Optional<Long> count(Uid author) {
    return page(author, null, 1).map(Page::total);
  }

  /// Adds a follower to several authors.
  public void join(Collection<Uid> authors, Uid follower) {
    var keys = authors.stream().map(ActiveFollowers::key).toList();
    for (int from = 0; from < keys.size(); from += PIPELINE_MAX) {
      List<String> part = keys.subList(from, Math.min(keys.size(), from + PIPELINE_MAX));
      redis.pipeline(pipeline -> {
        for (String key : part) {
          pipeline.zadd(key, (double) now(), follower.value());
          pipeline.pexpire(key, LIFE.toMillis());
        }
      });
    }
  }

  /// Adds several followers to an author.
  public void joinAll(Uid author, List<Uid> followers) {
    if (followers.isEmpty()) {
      return;
    }
    Map<String, Double> members = new HashMap<>();
    followers.forEach(follower -> members.put(follower.value(), (double) now()));
    redis.call(client -> client.zadd(key(author), members));
  }

  /// Takes a follower out, who follows no more.
  public void leave(Uid author, Uid follower) {
    redis.call(client -> client.zrem(key(author), follower.value()));
  }

  /// Takes out followers without a timeline, but for those who have just joined.
  public void forget(Uid author, List<Uid> followers) {
    if (followers.isEmpty()) {
      return;
    }
    var arguments = new ArrayList<String>();
    arguments.add(Long.toString(now() - SETTLED.toSeconds()));
    followers.forEach(follower -> arguments.add(follower.value()));
    redis.run(FORGET, List.of(key(author)), arguments);
  }

  /// Says that a walk through `follows` has begun that will find everybody.
  public void begin(Uid author, String token) {
    redis.pipeline(pipeline -> {
      pipeline.zadd(key(author), 0, BUILDING + token);
      pipeline.pexpire(key(author), LIFE.toMillis());
    });
  }

  /// Whether what the walk has added so far is still there.
  public boolean isGoingOn(Uid author, String token) {
    return run(IS_GOING_ON, author, token);
  }

  /// Says that the walk has found everybody.
  ///
  /// @return false when what it had added was lost meanwhile
  public boolean finish(Uid author, String token) {
    return run(FINISH, author, token);
  }

  /// Forgets all followers of an author; they are looked for anew with the next post.
  public void drop(Uid author) {
    redis.call(client -> client.unlink(key(author)));
  }

  private boolean run(Script script, Uid author, String token) {
    return Long.valueOf(1).equals(redis.run(script, List.of(key(author)), List.of(token)));
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  private static String key(Uid author) {
    return "active:" + author;
  }
}
