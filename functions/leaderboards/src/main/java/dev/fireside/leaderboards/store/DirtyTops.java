package dev.fireside.leaderboards.store;

import dev.fireside.play.domain.BoardId;
import dev.fireside.shared.Platform;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.redis.Script;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.resps.Tuple;

/// Which periods may have changed at the top since that was last published; `leaderboards:dirty` in
/// Redis. While Redis is away all of this throws
/// [dev.fireside.shared.redis.RedisUnavailableException].
public final class DirtyTops {
  private static final String KEY = "leaderboards:dirty";

  /// Among the notes as long as none was lost: no board has this name.
  private static final String WATCHED = "|";

  private static final Script MARK = Script.resource(DirtyTops.class, "deltas-mark.lua");
  private static final Script DONE = Script.resource(DirtyTops.class, "deltas-done.lua");

  private final Redis redis;

  public DirtyTops(Platform platform) {
    this.redis = platform.redis();
  }

  /// A period of a board.
  public record Place(BoardId board, String period) {
    private String member() {
      return board + "|" + period;
    }

    private static Optional<Place> of(String member) {
      String[] parts = member.split("\\|", -1);
      return parts.length == 2 && BoardId.isValid(parts[0])
          ? Optional.of(new Place(new BoardId(parts[0]), parts[1]))
          : Optional.empty();
    }
  }

  /// A note about a period.
  ///
  /// @param mark which one: a later one about the same period has another
  public record Note(Place place, String mark) {}

  /// Notes that the top of periods may have changed.
  public List<Note> mark(Collection<Place> places) {
    if (places.isEmpty()) {
      return List.of();
    }
    Object mark =
        redis.run(MARK, List.of(KEY), places.stream().distinct().map(Place::member).toList());
    return places.stream().distinct().map(place -> new Note(place, String.valueOf(mark))).toList();
  }

  /// The note about a period; empty where nothing changed there.
  public Optional<Note> find(Place place) {
    return Optional.ofNullable(redis.call(client -> client.zscore(KEY, place.member())))
        .map(score -> new Note(place, Long.toString(score.longValue())));
  }

  /// The notes, the oldest first.
  public List<Note> list(int limit) {
    return redis.call(client -> client.zrangeWithScores(KEY, 0, limit)).stream()
        .flatMap(tuple -> note(tuple).stream())
        .toList();
  }

  private static Optional<Note> note(Tuple tuple) {
    return Place.of(tuple.getElement())
        .map(place -> new Note(place, Long.toString((long) tuple.getScore())));
  }

  /// Forgets a note that was seen to, unless it was made again meanwhile.
  public void done(Note note) {
    redis.run(DONE, List.of(KEY), List.of(note.place().member(), note.mark()));
  }

  /// Whether all notes since [#watch] exist; not so after a loss of Redis' data.
  public boolean isWatched() {
    return redis.call(client -> client.zscore(KEY, WATCHED)) != null;
  }

  /// From here on a loss is noticed.
  public void watch() {
    redis.call(client -> client.zadd(KEY, 0, WATCHED));
  }
}
