package dev.fireside.feed.store;

import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.redis.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/// Runs one script on many keys in one round trip.
final class Scripts {
  private Scripts() {}

  /// A key, and the script's arguments for it.
  record Call(String key, List<String> arguments) {}

  /// Runs the script for each call, in order: by its hash, and once more in full where a server
  /// does not know it yet.
  static List<Object> runAll(Redis redis, Script script, List<Call> calls) {
    List<Supplier<Object>> answers =
        send(redis, calls, (batch, call) -> byHash(batch, script, call));
    var results = new ArrayList<Object>();
    var unknown = new ArrayList<Integer>();
    for (int i = 0; i < answers.size(); i++) {
      try {
        results.add(answers.get(i).get());
      } catch (JedisNoScriptException e) {
        results.add("");
        unknown.add(i);
      }
    }
    List<Call> again = unknown.stream().map(calls::get).toList();
    List<Supplier<Object>> second =
        send(redis, again, (batch, call) -> inFull(batch, script, call));
    for (int i = 0; i < again.size(); i++) {
      results.set(unknown.get(i), second.get(i).get());
    }
    return results;
  }

  private interface Sender {
    Supplier<Object> add(Batch batch, Call call);
  }

  private static List<Supplier<Object>> send(Redis redis, List<Call> calls, Sender sender) {
    Batch batch = redis.batch();
    List<Supplier<Object>> answers = calls.stream().map(call -> sender.add(batch, call)).toList();
    batch.run();
    return answers;
  }

  private static Supplier<Object> byHash(Batch batch, Script script, Call call) {
    return batch.add(
        pipeline -> pipeline.evalsha(script.sha(), List.of(call.key()), call.arguments()));
  }

  private static Supplier<Object> inFull(Batch batch, Script script, Call call) {
    return batch.add(
        pipeline -> pipeline.eval(script.source(), List.of(call.key()), call.arguments()));
  }
}
