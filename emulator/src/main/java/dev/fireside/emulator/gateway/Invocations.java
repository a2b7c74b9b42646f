package dev.fireside.emulator.gateway;

import dev.fireside.shared.manifest.EntryPoint;
import dev.fireside.shared.manifest.Trigger;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Counts the calls of each function.
public final class Invocations extends Handler.Wrapper {
  private static final String BY_NAME = "/_functions/";
  private static final int FAILURE = 500;

  private final List<EntryPoint> entryPoints;
  private final Map<String, Count> counts = new ConcurrentHashMap<>();

  /// Calls of one function.
  ///
  /// @param finished calls that were answered
  /// @param failed those among them answered with 5xx
  /// @param running calls that were not answered yet
  public record Calls(long finished, long failed, int running) {}

  private static final class Count {
    final AtomicLong finished = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    final AtomicInteger running = new AtomicInteger();
  }

  public Invocations(List<EntryPoint> entryPoints) {
    this.entryPoints = List.copyOf(entryPoints);
    entryPoints.forEach(entry -> counts.put(entry.name(), new Count()));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Count count = count(Request.getPathInContext(request));
    if (count == null) {
      return super.handle(request, response, callback);
    }
    count.running.incrementAndGet();
    Request.addCompletionListener(
        request,
        _ -> {
          count.finished.incrementAndGet();
          if (response.getStatus() >= FAILURE) {
            count.failed.incrementAndGet();
          }
          count.running.decrementAndGet();
        });
    return super.handle(request, response, callback);
  }

  private @Nullable Count count(String path) {
    if (path.startsWith(BY_NAME)) {
      return counts.get(path.substring(BY_NAME.length()).split("/", 2)[0]);
    }
    String name = null;
    int longest = -1;
    for (EntryPoint entry : entryPoints) {
      if (entry.trigger() instanceof Trigger.Http http) {
        for (String prefix : http.paths()) {
          if (prefix.length() > longest && (path + "/").startsWith(prefix + "/")) {
            name = entry.name();
            longest = prefix.length();
          }
        }
      }
    }
    return name == null ? null : counts.get(name);
  }

  /// The calls of a function so far.
  public Calls of(String function) {
    Count count = counts.get(function);
    return count == null
        ? new Calls(0, 0, 0)
        : new Calls(count.finished.get(), count.failed.get(), count.running.get());
  }

  /// Functions that are being called at this moment.
  public List<String> running() {
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue().running.get() > 0)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /// Starts counting anew.
  public void clear() {
    counts
        .values()
        .forEach(count -> {
          count.finished.set(0);
          count.failed.set(0);
        });
  }
}
