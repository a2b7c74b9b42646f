package dev.fireside.shared.cache;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.redis.RedisUnavailableException;
import dev.fireside.shared.redis.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A Redis hash whose fields carry the version of what they copy: writes may arrive twice and in
/// any order, and the newest stays.
public final class VersionedHash {
  /// Fields written in one call of the script: a script should not hold up the server.
  private static final int FIELDS_PER_CALL = 500;

  private static final Script APPLY =
      Script.of(
          """
          for i = 2, #ARGV, 3 do
            local current = redis.call('HGET', KEYS[1], ARGV[i])
            local version = current and tonumber(string.match(current, '^(%d+)|'))
            if not version or version < tonumber(ARGV[i + 1]) then
              redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1] .. '|' .. ARGV[i + 2])
            end
          end
          if redis.call('PTTL', KEYS[1]) < 0 then
            redis.call('PEXPIRE', KEYS[1], ARGV[1])
          end
          return 1
          """);

  private final Redis redis;
  private final Duration ttl;

  /// @param ttl life of a whole hash, from its first field on
  public VersionedHash(Redis redis, Duration ttl) {
    this.redis = redis;
    this.ttl = ttl;
  }

  /// A field's value as of a version.
  public record Field(long version, String value) {}

  /// Adds a lookup to a batch: the values in the order of the fields, null where there is none.
  /// While Redis cannot answer, nothing is there.
  public Supplier<List<@Nullable String>> lookup(Batch batch, String key, List<String> fields) {
    if (fields.isEmpty()) {
      return List::of;
    }
    Supplier<List<String>> raw =
        batch.add(pipeline -> pipeline.hmget(key, fields.toArray(String[]::new)));
    return () -> {
      List<String> texts;
      try {
        texts = raw.get();
      } catch (RedisUnavailableException e) {
        return Collections.nCopies(fields.size(), null);
      }
      var values = new ArrayList<@Nullable String>(texts.size());
      for (String text : texts) {
        values.add(text == null ? null : text.substring(text.indexOf('|') + 1));
      }
      return values;
    };
  }

  /// Writes fields, each unless a newer or equal version of it exists, in one round trip.
  ///
  /// @return false while Redis is away. A request may pass over that, since the event of its write
  ///   applies the fields again; an event may not: a Redis that was out of reach still holds the
  ///   old
  @CanIgnoreReturnValue
  public boolean apply(String key, Map<String, Field> fields) {
    return applyAll(Map.of(key, fields));
  }

  /// Writes fields of several hashes in one round trip; answers like [#apply].
  @CanIgnoreReturnValue
  public boolean applyAll(Map<String, Map<String, Field>> hashes) {
    try {
      var batch = redis.batch();
      hashes.forEach((key, fields) -> {
        for (List<String> arguments : calls(fields)) {
          batch.add(pipeline -> pipeline.eval(APPLY.source(), List.of(key), arguments));
        }
      });
      batch.runChecked();
      return true;
    } catch (RedisUnavailableException e) {
      return false;
    }
  }

  private List<List<String>> calls(Map<String, Field> fields) {
    var calls = new ArrayList<List<String>>();
    List<String> arguments = new ArrayList<>();
    for (var field : fields.entrySet()) {
      if (arguments.isEmpty()) {
        arguments.add(Long.toString(ttl.toMillis()));
        calls.add(arguments);
      }
      arguments.add(field.getKey());
      arguments.add(Long.toString(field.getValue().version()));
      arguments.add(field.getValue().value());
      if (arguments.size() > FIELDS_PER_CALL * 3) {
        arguments = new ArrayList<>();
      }
    }
    return calls;
  }
}
