package dev.fireside.emulator.database.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.database.engine.Call;
import dev.fireside.emulator.database.engine.Refusal;
import dev.fireside.emulator.database.tree.Path;
import java.util.ArrayList;
import java.util.List;

/// What is to be written when a client has gone. A later call stands in place of earlier ones at
/// its places and below.
final class OnDisconnect {
  /// What all calls of a client may weigh together, in characters of JSON.
  static final long WEIGHT_MAX = 24L << 20;

  private static final long CALL_WEIGHT = 500;

  private final List<Call> calls = new ArrayList<>();

  void add(Call call) throws Refusal {
    if (weight(call) + calls.stream().mapToLong(OnDisconnect::weight).sum() > WEIGHT_MAX) {
      throw Refusal.invalid("Too much is to be written on disconnect");
    }
    if (call.merge()) {
      call.json().fieldNames().forEachRemaining(name -> cancel(call.path().plus(Path.parse(name))));
    } else {
      cancel(call.path());
    }
    calls.add(call);
  }

  /// Forgets what is to be written at a place and below.
  void cancel(Path path) {
    calls.replaceAll(call -> without(call, path));
    calls.removeIf(call -> call.merge() ? call.json().isEmpty() : call.path().startsWith(path));
  }

  private static Call without(Call call, Path path) {
    if (!call.merge()) {
      return call;
    }
    ObjectNode left = call.json().deepCopy();
    call.json()
        .fieldNames()
        .forEachRemaining(name -> {
          if (call.path().plus(Path.parse(name)).startsWith(path)) {
            left.remove(name);
          }
        });
    return Call.merge(call.path(), left);
  }

  /// All of it, to be written now and forgotten.
  List<Call> take() {
    List<Call> taken = List.copyOf(calls);
    calls.clear();
    return taken;
  }

  private static long weight(Call call) {
    return CALL_WEIGHT + call.json().toString().length();
  }
}
