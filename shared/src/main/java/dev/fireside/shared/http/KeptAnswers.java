package dev.fireside.shared.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Principal;
import dev.fireside.shared.load.Errand;
import dev.fireside.shared.load.Evidence;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.redis.Redis;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Answers of routes, kept in this process with what they were made of in Redis, and given again
/// while Redis reports no change of that.
///
/// The round trip that every request makes for its account and its limit brings the reports of all
/// changes before it, so that a kept answer is never older than that trip: a block or a deletion
/// shows in the very next answer. An answer for which anything else was read, such as Firestore, is
/// not kept, and none longer than [#LIFE], for what depends on time.
///
/// Meters: `cache.gets` with `cache` `answers` and `result` (`hit`, `stale`, `miss`).
final class KeptAnswers {
  private static final Duration LIFE = Duration.ofMinutes(1);

  /// Some 3,000 pages of 20 posts, with what they were made of.
  private static final long BYTES_MAX = 32L << 20;

  private static final int BYTES_EACH = 400;
  private static final int BYTES_EACH_NOTE = 8;

  private final Redis redis;
  private final Clock clock;
  private final Counter hits;
  private final Counter stale;
  private final Counter misses;
  private final Cache<Asked, Kept> answers =
      Caffeine.newBuilder()
          .maximumWeight(BYTES_MAX)
          .weigher((Asked _, Kept kept) -> kept.bytes())
          .executor(Runnable::run)
          .build();

  KeptAnswers(Platform platform) {
    this.redis = platform.redis();
    this.clock = platform.clock();
    MeterRegistry meters = platform.meters();
    this.hits = meters.counter("cache.gets", "cache", "answers", "result", "hit");
    this.stale = meters.counter("cache.gets", "cache", "answers", "result", "stale");
    this.misses = meters.counter("cache.gets", "cache", "answers", "result", "miss");
  }

  /// A handler whose answers are kept. They may depend on nothing but the path, the query, the
  /// caller and what is read.
  OpeningHandler around(OpeningHandler handler) {
    return (request, batch) -> {
      batch.track();
      var asked = new Asked(request.target(), request.principal().orElse(null));
      Kept kept = young(asked);
      if (kept == null) {
        return anew(asked, handler, request, batch);
      }
      return caller -> {
        if (batch.isTracked() && kept.evidence.holds()) {
          hits.increment();
          return kept.response;
        }
        stale.increment();
        Batch again = redis.batch();
        Handler opened = anew(asked, handler, request, again);
        again.runOrGiveUp();
        return opened.handle(caller);
      };
    };
  }

  /// What is kept and has not changed, as far as is known by now; null for nothing.
  private @Nullable Kept young(Asked asked) {
    Kept kept = answers.getIfPresent(asked);
    if (kept == null || !kept.isYoung(clock.instant())) {
      misses.increment();
      return null;
    }
    // Mostly it is known already: then what is made anew costs no round trip more.
    redis.takeReports();
    if (!kept.evidence.holds()) {
      stale.increment();
      return null;
    }
    return kept;
  }

  private Handler anew(Asked asked, OpeningHandler handler, Request request, Batch batch) {
    var evidence = new Evidence();
    Instant at = clock.instant();
    Errand noting = Errand.current().noting(evidence);
    Handler opened = noting.get(() -> handler.open(request, batch));
    return caller -> {
      Response response = noting.get(() -> opened.handle(caller));
      return response.status() == 200 && !response.isUnkept() && evidence.holds()
          ? keep(asked, response, evidence, at)
          : response;
    };
  }

  private Response keep(Asked asked, Response response, Evidence evidence, Instant at) {
    try {
      Answer answer = Answer.of(response);
      byte[] body = answer.body();
      if (body == null) {
        return response;
      }
      var made = new Response(response.status(), response.headers(), answer);
      int bytes = BYTES_EACH + BYTES_EACH_NOTE * evidence.size() + body.length;
      answers.put(asked, new Kept(made, bytes, evidence, at));
      return made;
    } catch (JsonProcessingException e) {
      // It is answered as one that is not kept.
      return response;
    }
  }

  /// What an answer depends on besides what is read.
  private record Asked(String target, @Nullable Principal caller) {}

  /// @param bytes what it takes of memory, about
  private record Kept(Response response, int bytes, Evidence evidence, Instant at) {
    boolean isYoung(Instant now) {
      // A clock that was set back must not keep us from looking.
      return !at.isAfter(now) && at.isAfter(now.minus(LIFE));
    }
  }
}
