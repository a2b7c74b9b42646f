package dev.fireside.leaderboards.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.leaderboards.store.DirtyTops.Place;
import dev.fireside.shared.Platform;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.redis.Script;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What was last published of the top of a period, and what changed with which version;
/// `leaderboard:{board}:{period}:deltas…` in Redis. Versions grow: they are times of Redis' clock.
/// While Redis is away all of this throws [dev.fireside.shared.redis.RedisUnavailableException].
public final class DeltaLog {
  /// Between two publications of a period.
  public static final Duration BETWEEN = Duration.ofSeconds(30);

  private static final Duration KEPT = Duration.ofDays(8);

  /// Rows with those that left: a top of 100 and what comes and goes below it for a while.
  private static final int ROWS_MAX = 500;

  private static final Script TURN = Script.resource(DeltaLog.class, "deltas-turn.lua");
  private static final Script READ = Script.resource(DeltaLog.class, "deltas-read.lua");
  private static final Script REMEMBER = Script.resource(DeltaLog.class, "deltas-remember.lua");

  private final Redis redis;
  private final Clock clock;

  public DeltaLog(Platform platform) {
    this.redis = platform.redis();
    this.clock = platform.clock();
  }

  /// What is known of a period.
  ///
  /// @param now milliseconds since 1970 by Redis' clock
  /// @param version of the last publication; null where nothing is known
  /// @param full whether the rows are all there are, or what changed
  /// @param rows JSON by uid; empty for a player who left
  public record Published(
      long now, @Nullable Long version, boolean full, Map<String, String> rows) {
    public Published {
      rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
    }

    /// The version of the next publication.
    public long next() {
      return version == null ? now : Math.max(now, version + 1);
    }
  }

  /// Takes the turns of publishing periods, in one round trip.
  ///
  /// @return those whose turn it is: nobody else took it less than [#BETWEEN] ago
  public Set<Place> takeTurns(Collection<Place> places) {
    var batch = redis.batch();
    var answers = new LinkedHashMap<Place, Supplier<Object>>();
    for (Place place : places) {
      List<String> keys = List.of(base(place) + ":turn");
      List<String> arguments =
          List.of(Long.toString(clock.millis()), Long.toString(BETWEEN.toMillis()));
      answers.put(place, batch.add(pipeline -> pipeline.eval(TURN.source(), keys, arguments)));
    }
    batch.run();
    var taken = new LinkedHashSet<Place>();
    answers.forEach((place, answer) -> {
      if (Long.valueOf(1).equals(answer.get())) {
        taken.add(place);
      }
    });
    return Collections.unmodifiableSet(taken);
  }

  /// What changed since a version; all there is where that is unknown.
  ///
  /// @param since null for all there is
  public Published read(Place place, @Nullable Long since) {
    Object raw = redis.run(READ, keys(place), List.of(since == null ? "" : Long.toString(since)));
    List<?> answer = raw instanceof List<?> list ? list : List.of();
    long now = Long.parseLong(String.valueOf(answer.getFirst()));
    if (answer.size() < 3) {
      return new Published(now, null, true, Map.of());
    }
    var rows = new LinkedHashMap<String, String>();
    for (int i = 3; i < answer.size(); i += 2) {
      rows.put(String.valueOf(answer.get(i)), String.valueOf(answer.get(i + 1)));
    }
    return new Published(
        now, Long.valueOf(String.valueOf(answer.get(1))), "1".equals(answer.get(2)), rows);
  }

  /// Remembers a publication.
  ///
  /// @param before what it was compared with
  /// @param changes JSON by uid; empty for a player who left
  /// @return false where another one came in between: then nothing is known any more
  @CanIgnoreReturnValue
  public boolean remember(Place place, Published before, Map<String, String> changes) {
    var arguments = new ArrayList<String>();
    arguments.add(before.version() == null ? "" : before.version().toString());
    arguments.add(Long.toString(before.next()));
    arguments.add(Long.toString(KEPT.toMillis()));
    arguments.add(Integer.toString(ROWS_MAX));
    changes.forEach((uid, row) -> {
      arguments.add(uid);
      arguments.add(row);
    });
    return Long.valueOf(1).equals(redis.run(REMEMBER, keys(place), arguments));
  }

  /// Forgets a period.
  public void forget(Place place) {
    redis.call(client -> client.unlink(keys(place).toArray(String[]::new)));
  }

  private static List<String> keys(Place place) {
    return List.of(base(place), base(place) + ":changes");
  }

  private static String base(Place place) {
    return "leaderboard:{" + place.board() + "}:" + place.period() + ":deltas";
  }
}
