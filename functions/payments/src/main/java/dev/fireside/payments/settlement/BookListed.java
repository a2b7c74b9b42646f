package dev.fireside.payments.settlement;

import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.payments.purchases.ApplyFacts;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.settlement.store.AwaitedStore;
import dev.fireside.payments.stripe.StripeLists;
import dev.fireside.shared.Platform;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.stripe.Payload;
import dev.fireside.stripe.store.StripeGateway;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Books what moved our balance at Stripe in some time: also what no event reports, such as fees
/// for its services.
public final class BookListed {
  private static final Logger log = LoggerFactory.getLogger(BookListed.class);

  private final StripeGateway stripe;
  private final BookMovement book;
  private final ApplyFacts apply;

  public BookListed(Platform platform, StripeGateway stripe, ApplyFacts apply) {
    var documents = platform.documents();
    this.stripe = stripe;
    this.book = new BookMovement(new LedgerStore(documents), new AwaitedStore(documents));
    this.apply = apply;
  }

  /// Which book the key of Stripe's interface is for.
  public Book book() {
    Payload balance = Payload.of(stripe.read("/v1/balance").orElse("{}"));
    return balance.has("livemode") && !balance.flag("livemode") ? Book.SANDBOX : Book.LIVE;
  }

  /// Books all of some time. Throws where Stripe or the stores do not answer; it is begun anew
  /// then.
  public void book(Book of, Instant from, Instant to) {
    String path =
        "/v1/balance_transactions?limit=100&expand%5B0%5D=data.source&created%5Bgte%5D="
            + from.getEpochSecond()
            + "&created%5Blte%5D="
            + to.getEpochSecond();
    for (Payload one : StripeLists.all(stripe, path).reversed()) {
      try {
        apply.apply(Work.of(book.act(ReadMovement.of(one), of)));
      } catch (ProblemException e) {
        log.error("ALERT a balance transaction of Stripe's can never be booked", e);
      }
    }
  }
}
