package dev.fireside.runtime;

import dev.fireside.shared.load.Errand;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/// Makes each request an [Errand], and gives it up when the client has gone.
final class Waiting extends Handler.Wrapper {
  /// How often it is looked who is still there: most requests are answered sooner.
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private final Map<Errand, WatchedEndPoint> waiting = new ConcurrentHashMap<>();

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    look(getServer().getScheduler());
  }

  private void look(Scheduler scheduler) {
    if (!isStopped() && !isStopping()) {
      waiting.forEach((errand, connection) -> {
        if (connection.isPeerGone()) {
          errand.giveUp();
        }
      });
      var _ =
          scheduler.schedule(() -> look(scheduler), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
    Errand errand = Errand.request();
    if (!(connection instanceof WatchedEndPoint watched)) {
      return errand.call(() -> super.handle(request, response, callback));
    }
    waiting.put(errand, watched);
    try {
      return errand.call(() -> super.handle(request, response, callback));
    } finally {
      waiting.remove(errand);
    }
  }
}
