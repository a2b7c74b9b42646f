package dev.fireside.feed.store;

import dev.fireside.feed.domain.Slice;
import dev.fireside.feed.store.Scripts.Call;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.redis.Script;
import dev.fireside.social.domain.PostEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Bounded lists of posts in Redis, one a person: sorted sets whose scores are all 0, so that their
/// members, encoded entries, stand in the order of ULIDs.
///
/// Members that sort below every entry say what a list is worth: `!token` that somebody is building
/// it, `.token` that somebody looks for what is below it, `0` that it was built, `-id` that
/// everything below that id was cut off (its horizon; the posts below are in Firestore). Nothing is
/// added to a list that does not exist: it will be built from Firestore, later than that post.
public final class EntryLists {
  /// Life of a list after it was last read.
  public static final Duration LIFE = Duration.ofDays(7);

  /// Lists that are read or finished in one round trip, at most.
  private static final int LISTS_PER_TRIP = 500;

  private static final String BUILT = "0";
  private static final String BUILDING = "!";
  private static final String HORIZON = "-";
  private static final String ABOVE_MARKERS = "(" + BUILT;

  private static final String LIBRARY =
      """
      local function raise(key, id)
        local current = redis.call('ZRANGEBYLEX', key, '[-', '(.', 'LIMIT', 0, 1)[1]
        if current and string.sub(current, 2) >= id then
          return
        end
        if current then
          redis.call('ZREM', key, current)
        end
        redis.call('ZREMRANGEBYLEX', key, '(0', '(' .. id)
        redis.call('ZADD', key, 0, '-' .. id)
      end
      local function trim(key, max)
        if redis.call('ZCARD', key) <= max then
          return
        end
        if redis.call('ZLEXCOUNT', key, '(0', '+') > max then
          local lowest = redis.call('ZREVRANGE', key, max - 1, max - 1)[1]
          raise(key, string.sub(lowest, 1, 26))
        end
      end
      local function merge(key, max, floor, first)
        for i = first, #ARGV do
          redis.call('ZADD', key, 0, ARGV[i])
        end
        if floor ~= '' then
          raise(key, floor)
        end
        trim(key, max)
      end
      """;

  /// max, entry
  private static final Script PUSH =
      Script.of(
          LIBRARY
              + """
              if redis.call('EXISTS', KEYS[1]) == 0 then
                return 0
              end
              if redis.call('ZADD', KEYS[1], 0, ARGV[2]) == 1 then
                trim(KEYS[1], tonumber(ARGV[1]))
              end
              return 1
              """);

  /// max, floor, entries
  private static final Script MERGE =
      Script.of(
          LIBRARY
              + """
              if redis.call('EXISTS', KEYS[1]) == 0 then
                return 0
              end
              -- Who looks for what is below the list does not know of these.
              redis.call('ZREMRANGEBYLEX', KEYS[1], '[.', '(/')
              merge(KEYS[1], tonumber(ARGV[1]), ARGV[2], 3)
              return 1
              """);

  /// max, floor, ttl, token, entries
  private static final Script FINISH =
      Script.of(
          LIBRARY
              + """
              if not redis.call('ZSCORE', KEYS[1], '!' .. ARGV[4]) then
                return 0
              end
              merge(KEYS[1], tonumber(ARGV[1]), ARGV[2], 5)
              redis.call('ZREMRANGEBYLEX', KEYS[1], '[!', '(-')
              redis.call('ZADD', KEYS[1], 0, '0')
              redis.call('PEXPIRE', KEYS[1], ARGV[3])
              return 1
              """);

  /// max, floor, before, token, entries
  private static final Script EXTEND =
      Script.of(
          LIBRARY
              + """
              local current = redis.call('ZRANGEBYLEX', KEYS[1], '[-', '(.', 'LIMIT', 0, 1)[1]
              if not redis.call('ZSCORE', KEYS[1], '0') or not current
                  or string.sub(current, 2) > ARGV[3]
                  or not redis.call('ZSCORE', KEYS[1], '.' .. ARGV[4]) then
                return 0
              end
              redis.call('ZREMRANGEBYLEX', KEYS[1], '[.', '(/')
              redis.call('ZREM', KEYS[1], current)
              for i = 5, #ARGV do
                redis.call('ZADD', KEYS[1], 0, ARGV[i])
              end
              if ARGV[2] ~= '' then
                redis.call('ZADD', KEYS[1], 0, '-' .. ARGV[2])
              end
              trim(KEYS[1], tonumber(ARGV[1]))
              return 1
              """);

  /// token
  private static final Script BEGIN_BELOW =
      Script.of(
          """
          if not redis.call('ZSCORE', KEYS[1], '0') then
            return 0
          end
          redis.call('ZADD', KEYS[1], 0, '.' .. ARGV[1])
          return 1
          """);

  /// token, ttl
  private static final Script BEGIN_ANEW =
      Script.of(
          """
          if redis.call('ZSCORE', KEYS[1], '0') then
            redis.call('DEL', KEYS[1])
          end
          redis.call('ZADD', KEYS[1], 0, '!' .. ARGV[1])
          redis.call('PEXPIRE', KEYS[1], ARGV[2])
          return 1
          """);

  /// uid, `refs` or nothing
  private static final Script REMOVE =
      Script.of(
          """
          for _, member in ipairs(redis.call('ZRANGEBYLEX', KEYS[1], '(0', '+')) do
            local author, ref = string.match(member, '^%w+:([^:]+):?%w*:?([^:]*)$')
            if author == ARGV[1] or (ref == ARGV[1] and ARGV[2] == 'refs') then
              redis.call('ZREM', KEYS[1], member)
            end
          end
          return 1
          """);

  private final Redis redis;
  private final String prefix;
  private final int max;

  private EntryLists(Redis redis, String prefix, int max) {
    this.redis = redis;
    this.prefix = prefix;
    this.max = max;
  }

  /// What people see at home: posts of those they follow and their own.
  ///
  /// @param max entries of a list, at most
  public static EntryLists timelines(Redis redis, int max) {
    return new EntryLists(redis, "timeline:", max);
  }

  /// What people post.
  ///
  /// @param max entries of a list, at most
  public static EntryLists outboxes(Redis redis, int max) {
    return new EntryLists(redis, "outbox:", max);
  }

  /// Adds reading the newest entries below `before` (null: from the top) to a batch. A list that
  /// was not built whole reads as empty.
  public Supplier<Optional<Slice>> lookup(
      Batch batch, Uid uid, @Nullable String before, int count) {
    // First: a longer life is a change, too, to who has those that follow reported.
    batch.add(pipeline -> pipeline.pexpire(prefix + uid, LIFE.toMillis()));
    return look(batch, uid, before, count);
  }

  private Supplier<Optional<Slice>> look(Batch batch, Uid uid, @Nullable String before, int count) {
    String key = prefix + uid;
    var markers = batch.add(pipeline -> pipeline.zrangeByLex(key, "-", "[" + BUILT));
    var entries =
        batch.add(pipeline ->
            pipeline.zrevrangeByLex(
                key, before == null ? "+" : "(" + before, ABOVE_MARKERS, 0, count));
    return () ->
        markers.get().contains(BUILT)
            ? Optional.of(slice(markers.get(), entries.get(), count))
            : Optional.empty();
  }

  /// The newest entries below `before` (null: from the top), unless the list is not built.
  public Optional<Slice> read(Uid uid, @Nullable String before, int count) {
    Batch batch = redis.batch();
    var slice = lookup(batch, uid, before, count);
    batch.run();
    return slice.get();
  }

  /// The newest entries below `before` (null: from the top) of many lists; those that are not built
  /// are left out. It does not make them live longer, so that each is built anew after a while.
  public Map<Uid, Slice> readAll(List<Uid> uids, @Nullable String before, int count) {
    var slices = new HashMap<Uid, Slice>();
    for (int from = 0; from < uids.size(); from += LISTS_PER_TRIP) {
      Batch batch = redis.batch();
      var lookups = new HashMap<Uid, Supplier<Optional<Slice>>>();
      for (Uid uid : uids.subList(from, Math.min(uids.size(), from + LISTS_PER_TRIP))) {
        lookups.put(uid, look(batch, uid, before, count));
      }
      batch.run();
      lookups.forEach((uid, lookup) -> lookup.get().ifPresent(slice -> slices.put(uid, slice)));
    }
    return slices;
  }

  private static Slice slice(List<String> markers, List<String> members, int count) {
    String horizon =
        markers.stream()
            .filter(marker -> marker.startsWith(HORIZON))
            .map(marker -> marker.substring(HORIZON.length()))
            .findFirst()
            .orElse(null);
    List<PostEntry> entries =
        members.stream()
            .map(PostEntry::decode)
            .flatMap(Optional::stream)
            // A post pushed late may stand below the horizon, where it has no company.
            .filter(entry -> horizon == null || entry.id().compareTo(horizon) >= 0)
            .toList();
    boolean cut = members.size() == count && entries.size() == count;
    return new Slice(entries, cut ? entries.getLast().id() : horizon);
  }

  /// Adds a post to each list that exists, in one round trip.
  ///
  /// @return for each, whether it exists
  public List<Boolean> push(List<Uid> uids, PostEntry entry) {
    return run(PUSH, uids, List.of(Integer.toString(max), entry.encode()));
  }

  /// Adds an author's newest posts to each list that exists. Where the author has more below them,
  /// the lists' horizons rise: below, they would lack those.
  ///
  /// @return for each, whether it exists
  public List<Boolean> merge(List<Uid> uids, Slice posts) {
    var arguments = new ArrayList<String>();
    arguments.add(Integer.toString(max));
    arguments.add(posts.floor() == null ? "" : posts.floor());
    posts.entries().forEach(entry -> arguments.add(entry.encode()));
    return run(MERGE, uids, arguments);
  }

  /// Says that lists are being built, also those that were built before: what they were is dropped.
  public void beginAnew(List<Uid> uids, String token) {
    run(BEGIN_ANEW, uids, List.of(token, Long.toString(LIFE.toMillis())));
  }

  /// As [#finish], for many lists.
  public void finishAll(String token, Map<Uid, Slice> posts) {
    runAll(FINISH, posts, slice -> finishing(token, slice));
  }

  /// Says that somebody looks for what is below these lists.
  public void beginBelow(List<Uid> uids, String token) {
    run(BEGIN_BELOW, uids, List.of(token));
  }

  /// Adds what was found below `before`, where a list reaches down to that, and nobody else's posts
  /// were merged into it since [#beginBelow].
  public void extendAll(String token, String before, Map<Uid, Slice> posts) {
    runAll(
        EXTEND,
        posts,
        slice -> {
          var arguments = new ArrayList<String>();
          arguments.add(Integer.toString(max));
          arguments.add(slice.floor() == null ? "" : slice.floor());
          arguments.add(before);
          arguments.add(token);
          slice.entries().forEach(entry -> arguments.add(entry.encode()));
          return arguments;
        });
  }

  private void runAll(
      Script script, Map<Uid, Slice> posts, Function<Slice, List<String>> arguments) {
    var calls = new ArrayList<Call>();
    posts.forEach((uid, slice) -> calls.add(new Call(prefix + uid, arguments.apply(slice))));
    for (int from = 0; from < calls.size(); from += LISTS_PER_TRIP) {
      int to = Math.min(calls.size(), from + LISTS_PER_TRIP);
      Scripts.runAll(redis, script, calls.subList(from, to));
    }
  }

  /// Says that a list is being built: from now on posts are added to it.
  public void begin(Uid uid, String token) {
    redis.pipeline(pipeline -> {
      pipeline.zadd(prefix + uid, 0, BUILDING + token);
      pipeline.pexpire(prefix + uid, LIFE.toMillis());
    });
  }

  /// Adds what was found in Firestore, and says that the list is built.
  ///
  /// @return false when the list was lost since [#begin]: then nothing is written
  public boolean finish(Uid uid, String token, Slice posts) {
    return run(FINISH, List.of(uid), finishing(token, posts)).getFirst();
  }

  private List<String> finishing(String token, Slice posts) {
    var arguments = new ArrayList<String>();
    arguments.add(Integer.toString(max));
    arguments.add(posts.floor() == null ? "" : posts.floor());
    arguments.add(Long.toString(LIFE.toMillis()));
    arguments.add(token);
    posts.entries().forEach(entry -> arguments.add(entry.encode()));
    return arguments;
  }

  /// Removes an author's posts from a list.
  public void removeAuthor(Uid uid, Uid author) {
    run(REMOVE, List.of(uid), List.of(author.value(), ""));
  }

  /// Removes an author's posts, and others' reposts and quotes of them, from a list.
  public void removeAuthorAndRefs(Uid uid, Uid author) {
    run(REMOVE, List.of(uid), List.of(author.value(), "refs"));
  }

  /// Forgets a list; it is built anew when it is next read.
  public void drop(Uid uid) {
    redis.call(client -> client.unlink(prefix + uid));
  }

  /// Which of the lists exist, in one round trip.
  public List<Boolean> exist(List<Uid> uids) {
    Batch batch = redis.batch();
    var answers =
        uids.stream().map(uid -> batch.add(pipeline -> pipeline.exists(prefix + uid))).toList();
    batch.run();
    return answers.stream().map(Supplier::get).toList();
  }

  private List<Boolean> run(Script script, List<Uid> uids, List<String> arguments) {
    return Scripts.runAll(
            redis, script, uids.stream().map(uid -> new Call(prefix + uid, arguments)).toList())
        .stream()
        .map(Long.valueOf(1)::equals)
        .toList();
  }
}
