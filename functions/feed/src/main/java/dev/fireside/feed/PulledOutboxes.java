package dev.fireside.feed;

import dev.fireside.feed.domain.Slice;
import dev.fireside.feed.store.FanOuts.Pulled;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.load.Errand;
import dev.fireside.shared.load.Evidence;
import dev.fireside.shared.redis.Batch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The newest posts of all pulled authors, kept in the process for a few seconds. They are renewed
/// in the batch of whoever comes next, so that it costs no round trip of its own.
final class PulledOutboxes {
  private static final Logger log = LoggerFactory.getLogger(PulledOutboxes.class);
  private static final Duration FRESH = Duration.ofSeconds(3);

  /// Posts kept of each author; readers further down ask Redis.
  private static final int HEAD = 60;

  private final Stores stores;
  private final BuildOutbox buildOutbox;
  private final Clock clock;
  private final AtomicBoolean reloading = new AtomicBoolean();
  private volatile Heads heads = new Heads(Instant.MIN, Map.of(), new Evidence());

  PulledOutboxes(Platform platform, Stores stores) {
    this.stores = stores;
    this.buildOutbox = new BuildOutbox(platform, stores);
    this.clock = platform.clock();
  }

  /// @param evidence what they were made of
  private record Heads(Instant at, Map<Uid, Slice> byAuthor, Evidence evidence) {
    Heads {
      byAuthor = Map.copyOf(byAuthor);
    }

    boolean isFresh(Instant now) {
      // A clock that was set back must not keep us from looking.
      return !at.isAfter(now) && at.isAfter(now.minus(FRESH));
    }
  }

  /// Adds to the batch what is needed to know the newest posts.
  Pending lookup(Batch batch) {
    Heads known = heads;
    if (known.isFresh(clock.instant())) {
      return new Pending(known, null, Map.of(), known.evidence);
    }
    var evidence = new Evidence();
    return Errand.current()
        .noting(evidence)
        .get(() -> {
          var pulled = stores.fanOuts().lookup(batch);
          var slices = new HashMap<Uid, Supplier<Optional<Slice>>>();
          known
              .byAuthor
              .keySet()
              .forEach(author ->
                  slices.put(author, stores.outboxes().lookup(batch, author, null, HEAD)));
          return new Pending(known, pulled, slices, evidence);
        });
  }

  /// An author's posts below `before`, further down than is kept in the process.
  Slice read(Uid author, @Nullable String before, int count) {
    return stores
        .outboxes()
        .read(author, before, count)
        .orElseGet(() -> buildOutbox.build(author).below(before));
  }

  /// Keeps the set of pulled authors alive without making anybody wait.
  private void reloadAside() {
    if (reloading.compareAndSet(false, true)) {
      Thread.startVirtualThread(() -> {
        try {
          stores.fanOuts().reload();
        } catch (RuntimeException e) {
          log.warn("The set of pulled authors could not be renewed", e);
        } finally {
          reloading.set(false);
        }
      });
    }
  }

  /// What was asked for in a batch.
  final class Pending {
    private final Heads known;
    private final @Nullable Supplier<Optional<Pulled>> pulled;
    private final Map<Uid, Supplier<Optional<Slice>>> slices;
    private final Evidence evidence;

    private Pending(
        Heads known,
        @Nullable Supplier<Optional<Pulled>> pulled,
        Map<Uid, Supplier<Optional<Slice>>> slices,
        Evidence evidence) {
      this.known = known;
      this.pulled = pulled;
      this.slices = slices;
      this.evidence = evidence;
    }

    /// The authors known before the batch has run.
    Set<Uid> known() {
      return known.byAuthor.keySet();
    }

    /// The newest posts by author, once the batch has run.
    Map<Uid, Slice> get() {
      Map<Uid, Slice> byAuthor =
          pulled == null
              ? known.byAuthor
              : Errand.current().noting(evidence).get(() -> anew(pulled.get()));
      Errand.current().restsOn(evidence);
      return byAuthor;
    }

    private Map<Uid, Slice> anew(Optional<Pulled> inRedis) {
      var fresh = new HashMap<Uid, Slice>();
      for (Uid author : authors(inRedis)) {
        Supplier<Optional<Slice>> asked = slices.get(author);
        fresh.put(
            author,
            (asked == null ? stores.outboxes().read(author, null, HEAD) : asked.get())
                .orElseGet(() -> buildOutbox.build(author).newest(HEAD)));
      }
      heads = new Heads(clock.instant(), fresh, evidence);
      return fresh;
    }

    private Set<Uid> authors(Optional<Pulled> inRedis) {
      if (inRedis.isEmpty()) {
        return stores.fanOuts().reload();
      }
      if (!inRedis.get().fresh()) {
        reloadAside();
      }
      return inRedis.get().authors();
    }
  }
}
