package dev.fireside.shared.events;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import dev.fireside.shared.Platform;
import dev.fireside.shared.load.Errand;
import dev.fireside.shared.telemetry.Trace;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// A function called by Cloud Scheduler over HTTP. The service lets only the scheduler's account in
/// (Cloud Run IAM), so that the request itself carries no token to check here.
public abstract class ScheduledFunction implements HttpFunction {
  private final Platform platform;

  protected ScheduledFunction(Platform platform) {
    this.platform = platform;
  }

  /// Does the work that was due at `scheduled`. Late, missed and doubled calls must be harmless;
  /// throws to be called again.
  protected abstract void run(Instant scheduled);

  @Override
  public final void service(HttpRequest request, HttpResponse response) {
    Trace trace = Trace.from(request.getFirstHeader("traceparent").orElse(null), null);
    Timer timer =
        Timer.builder("schedule.duration")
            .tag("function", getClass().getSimpleName())
            .publishPercentiles(0.5, 0.95, 0.99)
            .register(platform.meters());
    ScopedValue.where(Trace.CURRENT, trace)
        .run(() -> Errand.event().run(() -> timer.record(() -> run(due(request)))));
    response.setStatusCode(204);
  }

  private Instant due(HttpRequest request) {
    try {
      return request
          .getFirstHeader("X-CloudScheduler-ScheduleTime")
          .map(Instant::parse)
          .orElseGet(platform.clock()::instant);
    } catch (DateTimeParseException e) {
      return platform.clock().instant();
    }
  }
}
