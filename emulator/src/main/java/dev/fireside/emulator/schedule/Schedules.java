package dev.fireside.emulator.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.fireside.shared.manifest.EntryPoint;
import dev.fireside.shared.manifest.Trigger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls the functions of schedules as Cloud Scheduler does.
public final class Schedules {
  private static final Logger log = LoggerFactory.getLogger(Schedules.class);

  /// Cloud Scheduler writes cron like Unix does: five fields.
  private static final CronParser CRON =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  private final HttpClient http;
  private final String baseUrl;
  private final List<Schedule> schedules;

  /// How soon it is noticed that the clock was moved.
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Clock clock;

  /// One function and when it is due.
  private record Schedule(EntryPoint function, Trigger.Schedule trigger, ExecutionTime times) {
    String name() {
      return function.name();
    }

    /// The first time after `now` that it is due.
    Instant next(Instant now) {
      return times
          .nextExecution(ZonedDateTime.ofInstant(now, trigger.timeZone()))
          .orElseThrow(() -> new IllegalStateException(name() + " is never due again"))
          .toInstant();
    }
  }

  /// Throws [IllegalArgumentException] naming the function whose cron expression cannot be read.
  ///
  /// @param baseUrl where the functions are served by name
  public Schedules(HttpClient http, String baseUrl, List<EntryPoint> entryPoints, Clock clock) {
    this.http = http;
    this.baseUrl = baseUrl;
    this.clock = clock;
    var found = new ArrayList<Schedule>();
    for (EntryPoint entry : entryPoints) {
      if (entry.trigger() instanceof Trigger.Schedule trigger) {
        found.add(new Schedule(entry, trigger, times(entry, trigger.cron())));
      }
    }
    this.schedules = List.copyOf(found);
  }

  private static ExecutionTime times(EntryPoint entry, String cron) {
    try {
      return ExecutionTime.forCron(CRON.parse(cron));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The schedule of " + entry.name() + ", `" + cron + "`, cannot be read", e);
    }
  }

  /// Fires every schedule when it is due, until the executor is shut down.
  public void start(ExecutorService executor) {
    Instant now = clock.instant();
    schedules.forEach(schedule -> executor.execute(() -> keepFiring(schedule, now)));
  }

  private void keepFiring(Schedule schedule, Instant start) {
    Instant last = start;
    try {
      while (true) {
        // From the last time, not from now: one that falls into a run is late, not missed.
        last = latest(schedule, awaited(schedule.next(last)));
        fireQuietly(schedule, last);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits for a time of a clock that may be moved meanwhile.
  private Instant awaited(Instant due) throws InterruptedException {
    while (clock.instant().isBefore(due)) {
      Duration left = Duration.between(clock.instant(), due);
      Thread.sleep(left.compareTo(LOOK) < 0 ? left : LOOK);
    }
    return due;
  }

  /// The last of the times that have passed: those that a moved clock left out are one.
  private Instant latest(Schedule schedule, Instant due) {
    Instant latest = due;
    for (Instant next = due; !next.isAfter(clock.instant()); next = schedule.next(next)) {
      latest = next;
    }
    return latest;
  }

  private void fireQuietly(Schedule schedule, Instant due) throws InterruptedException {
    try {
      int status = call(schedule, due);
      if (status / 100 != 2) {
        log.warn("The schedule {} failed: its function answered {}", schedule.name(), status);
      }
    } catch (IOException e) {
      log.warn("The schedule {} failed", schedule.name(), e);
    }
  }

  /// Fires a schedule now, and returns when its function is done. Throws [NoSuchElementException]
  /// when there is none of that name and [IllegalStateException] when its function fails.
  public void fire(String name) {
    Schedule schedule =
        schedules.stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new NoSuchElementException("There is no schedule " + name));
    try {
      int status = call(schedule, clock.instant());
      if (status / 100 != 2) {
        throw new IllegalStateException("The schedule " + name + " failed: " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while firing " + name, e);
    }
  }

  private int call(Schedule schedule, Instant due) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(baseUrl + "/_functions/" + schedule.name()))
            .timeout(schedule.function().timeout())
            .header("User-Agent", "Google-Cloud-Scheduler")
            .header("X-CloudScheduler", "true")
            .header("X-CloudScheduler-JobName", schedule.name())
            .header("X-CloudScheduler-ScheduleTime", due.toString())
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}
