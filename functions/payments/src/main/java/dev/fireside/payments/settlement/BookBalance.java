package dev.fireside.payments.settlement;

import dev.fireside.ledger.Act;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.settlement.store.AwaitedStore;
import dev.fireside.payments.settlement.store.AwaitedStore.Awaited;
import dev.fireside.payments.stripe.ConnectEvents;
import dev.fireside.payments.stripe.StripeNotice;
import dev.fireside.shared.Platform;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.stripe.Payload;
import dev.fireside.stripe.store.StripeGateway;
import dev.fireside.stripe.store.StripeUnavailableException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Books what Stripe keeps and changes of charges, refunds and disputes, and what it pays out, as
/// soon as an event reports them. What the event comes too early for is awaited: Stripe makes
/// balance transactions after some charges, and may not answer.
public final class BookBalance implements ConnectEvents {
  private static final Logger log = LoggerFactory.getLogger(BookBalance.class);

  private final StripeGateway stripe;
  private final AwaitedStore awaited;
  private final BookMovement book;
  private final TakePayout payouts;
  private final Clock clock;

  public BookBalance(Platform platform, StripeGateway stripe) {
    this.stripe = stripe;
    this.awaited = new AwaitedStore(platform.documents());
    this.book = new BookMovement(new LedgerStore(platform.documents()), awaited);
    this.payouts = new TakePayout(platform, stripe);
    this.clock = platform.clock();
  }

  @Override
  public Work work(StripeNotice notice) {
    String type = notice.type();
    Payload object = notice.object();
    if (type.startsWith("payout.")) {
      return payouts.work(notice);
    }
    if (type.startsWith("charge.dispute.")) {
      Work work = Work.NOTHING;
      for (Payload moved : object.objects("balance_transactions")) {
        work = booked(work, moved, object, notice.book()).orElse(work);
      }
      return work;
    }
    return switch (type) {
      case "charge.succeeded", "charge.updated", "charge.captured" -> charge(notice);
      case "refund.created", "refund.updated", "refund.failed", "charge.refund.updated" ->
          refund(notice);
      default -> Work.NOTHING;
    };
  }

  /// A charge moves the balance once its money is taken.
  private Work charge(StripeNotice notice) {
    Payload charge = notice.object();
    boolean taken = charge.flag("captured") && charge.flag("paid");
    return taken ? source(notice, "/v1/charges/", List.of("balance_transaction")) : Work.NOTHING;
  }

  private Work refund(StripeNotice notice) {
    Payload refund = notice.object();
    var names = new ArrayList<String>();
    if (refund.has("balance_transaction") || refund.text("status").equals("succeeded")) {
      names.add("balance_transaction");
    }
    if (refund.has("failure_balance_transaction")) {
      names.add("failure_balance_transaction");
    }
    return source(notice, "/v1/refunds/", names);
  }

  private Work source(StripeNotice notice, String path, List<String> names) {
    Payload object = notice.object();
    String id = object.id("id");
    Work work = Work.NOTHING;
    boolean early = false;
    for (String name : names) {
      Work before = work;
      Optional<Work> booked =
          transaction(object, name).flatMap(moved -> booked(before, moved, object, notice.book()));
      early |= booked.isEmpty();
      work = booked.orElse(before);
    }
    return early ? work.with(await(id, path + id, notice.book())) : work;
  }

  /// The balance transaction that a charge or refund names; empty where it cannot be read yet.
  private Optional<Payload> transaction(Payload object, String name) {
    String id = object.usableId(name);
    if (object.has(name) && id == null) {
      return Optional.of(object.object(name));
    }
    if (id == null || !stripe.isConfigured()) {
      return Optional.empty();
    }
    try {
      return stripe.read("/v1/balance_transactions/" + id).map(Payload::of);
    } catch (StripeUnavailableException e) {
      // The payment itself is not to wait for what it cost.
      return Optional.empty();
    }
  }

  /// Some work and the booking of a balance transaction; empty for one that cannot be read: what it
  /// is about takes effect all the same, and the list of all brings it again.
  private Optional<Work> booked(Work work, Payload moved, Payload object, Book of) {
    try {
      return Optional.of(work.with(book.act(ReadMovement.of(moved, object), of)));
    } catch (ProblemException e) {
      log.warn("A balance transaction of {} cannot be read yet", object.usableId("id"), e);
      return Optional.empty();
    }
  }

  private Act await(String id, String path, Book of) {
    var one = new Awaited(id, path, of, clock.instant());
    return transaction -> {
      boolean known = awaited.has(transaction, id);
      return Act.Plan.of(writes -> {
        if (!known) {
          awaited.put(writes, one);
        }
      });
    };
  }

  /// What a charge or refund that was awaited comes to by now; null while that is not known.
  @Nullable Work again(Awaited one) {
    Payload object = stripe.read(one.path()).map(Payload::of).orElse(null);
    if (object == null) {
      return null;
    }
    Work work = Work.NOTHING;
    for (String name : List.of("balance_transaction", "failure_balance_transaction")) {
      Work before = work;
      work =
          transaction(object, name)
              .flatMap(moved -> booked(before, moved, object, one.book()))
              .orElse(before);
    }
    return work.equals(Work.NOTHING) ? null : work;
  }
}
