package dev.fireside.payments.reconciliation;

import dev.fireside.payments.purchases.ApplyFacts;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.reconciliation.store.ReconciliationStore;
import dev.fireside.payments.stripe.ReceiveStripe;
import dev.fireside.payments.stripe.StripeLists;
import dev.fireside.shared.UnavailableException;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.stripe.Payload;
import dev.fireside.stripe.store.StripeGateway;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the events that Stripe keeps and lets those take effect that no webhook brought. An event
/// that comes after all finds its effect done.
final class ReadStripeAgain {
  private static final Logger log = LoggerFactory.getLogger(ReadStripeAgain.class);
  private static final String PROVIDER = "stripe";

  /// Read at once. Events come newest first, so a part is read whole before any takes effect.
  private static final Duration PART = Duration.ofHours(6);

  /// Younger events are left to their webhooks.
  private static final Duration SETTLING = Duration.ofMinutes(2);

  /// Read again each time: Stripe may list an event later than others made after it.
  private static final Duration OVERLAP = Duration.ofMinutes(30);

  private static final Duration FIRST = Duration.ofDays(3);

  /// Events that are tried again; more mean that something of ours is down, and reading waits.
  private static final int FAILED_MAX = 100;

  private final ReconciliationStore store;
  private final StripeGateway stripe;
  private final ReceiveStripe receive;
  private final ApplyFacts apply;
  private final Clock clock;

  ReadStripeAgain(
      ReconciliationStore store,
      StripeGateway stripe,
      ReceiveStripe receive,
      ApplyFacts apply,
      Clock clock) {
    this.store = store;
    this.stripe = stripe;
    this.receive = receive;
    this.apply = apply;
    this.clock = clock;
  }

  /// Reads from where it was left, as far as the time goes.
  void read(Instant end) {
    if (!stripe.isConfigured()) {
      return;
    }
    Set<String> failed = retried(store.failed(PROVIDER));
    Instant last = clock.instant().minus(SETTLING);
    Instant from = store.watermark(PROVIDER).orElse(last.minus(FIRST)).minus(OVERLAP);
    while (from.isBefore(last) && clock.instant().isBefore(end)) {
      Instant to = from.plus(PART).isBefore(last) ? from.plus(PART) : last;
      failed.addAll(repair(events(from, to)));
      if (failed.size() > FAILED_MAX) {
        log.error("ALERT {} events of Stripe's cannot take effect", failed.size());
        return;
      }
      store.putWatermark(PROVIDER, to, failed, clock.instant());
      from = to;
    }
  }

  /// Tries again what failed before; returns what still does.
  private Set<String> retried(Set<String> before) {
    var failed = new TreeSet<String>();
    var events = new ArrayList<Payload>();
    for (String id : before) {
      try {
        // Stripe forgets events after 30 days.
        stripe
            .read("/v1/events/" + id)
            .map(Payload::of)
            .ifPresentOrElse(
                events::add, () -> log.error("ALERT Stripe's event {} never took effect", id));
      } catch (UnavailableException | ProblemException e) {
        failed.add(id);
      }
    }
    failed.addAll(repair(events));
    if (!failed.equals(before)) {
      store.putFailed(PROVIDER, failed, clock.instant());
    }
    return failed;
  }

  /// The events of some time, the oldest first.
  private List<Payload> events(Instant from, Instant to) {
    String path =
        "/v1/events?limit=100&created%5Bgte%5D="
            + from.getEpochSecond()
            + "&created%5Blte%5D="
            + to.getEpochSecond();
    return StripeLists.all(stripe, path).reversed();
  }

  /// Lets events take effect that no webhook brought; returns those to be tried again, beside what
  /// follows. What is refused would be refused every time.
  private Set<String> repair(List<Payload> events) {
    Set<String> delivered =
        store.delivered(PROVIDER, events.stream().map(event -> event.id("id")).toList());
    return events.stream()
        .filter(event -> !delivered.contains(event.id("id")) && !repair(event))
        .map(event -> event.id("id"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean repair(Payload event) {
    try {
      Work work = receive.read(event, ReceiveStripe.Endpoint.PLATFORM);
      if (!work.equals(Work.NOTHING)) {
        log.warn("No webhook brought {} {}", event.text("type"), event.id("id"));
        apply.apply(work);
      }
      return true;
    } catch (ProblemException e) {
      log.error("ALERT Stripe's event {} can never take effect", event.id("id"), e);
      return true;
    } catch (RuntimeException e) {
      log.error("ALERT Stripe's event {} cannot take effect", event.id("id"), e);
      return false;
    }
  }
}
