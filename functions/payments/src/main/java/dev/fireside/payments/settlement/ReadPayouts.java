package dev.fireside.payments.settlement;

import dev.fireside.ledger.Act;
import dev.fireside.ledger.domain.AccountName;
import dev.fireside.ledger.domain.Asset;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.Position;
import dev.fireside.ledger.domain.Posting;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.payments.purchases.ApplyFacts;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.purchases.store.PurchaseStore;
import dev.fireside.payments.settlement.domain.Movement;
import dev.fireside.payments.settlement.domain.Payout;
import dev.fireside.payments.settlement.domain.SettlementJournals;
import dev.fireside.payments.settlement.store.AwaitedStore;
import dev.fireside.payments.settlement.store.PayoutStore;
import dev.fireside.payments.stripe.StripeLists;
import dev.fireside.shared.Platform;
import dev.fireside.stripe.Payload;
import dev.fireside.stripe.store.StripeGateway;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what automatic payouts of Stripe's are made of: books what no event brought, and what is
/// not as the books expect it as a difference, with a case.
public final class ReadPayouts {
  private static final Logger log = LoggerFactory.getLogger(ReadPayouts.class);

  private static final int AT_ONCE_MAX = 100;

  /// Stripe lists what a payout is made of within hours.
  private static final Duration PATIENCE = Duration.ofDays(3);

  private final StripeGateway stripe;
  private final PayoutStore payouts;
  private final FindUnbooked unbooked;
  private final BookMovement book;
  private final ApplyFacts apply;
  private final Clock clock;

  public ReadPayouts(Platform platform, StripeGateway stripe, ApplyFacts apply) {
    var documents = platform.documents();
    this.stripe = stripe;
    this.payouts = new PayoutStore(documents);
    this.unbooked = new FindUnbooked(new PurchaseStore(documents));
    this.book = new BookMovement(new LedgerStore(documents), new AwaitedStore(documents));
    this.apply = apply;
    this.clock = platform.clock();
  }

  /// Reads those that are due, as far as the time goes.
  public void read(Instant end) {
    for (Payout payout : payouts.due(AT_ONCE_MAX)) {
      if (clock.instant().isAfter(end)) {
        return;
      }
      try {
        if (!read(payout) && payout.arrivesAt().plus(PATIENCE).isBefore(clock.instant())) {
          log.error("ALERT Stripe still does not list payout {}", payout.id());
        }
      } catch (RuntimeException e) {
        // One that cannot be read is no reason to leave the others.
        log.error("ALERT Stripe's payout {} cannot be read", payout.id(), e);
      }
    }
  }

  private boolean read(Payout payout) {
    boolean listed =
        stripe
            .read("/v1/payouts/" + payout.id())
            .map(Payload::of)
            .filter(now -> !now.text("reconciliation_status").equals("in_progress"))
            .isPresent();
    if (!listed) {
      return false;
    }
    List<Payload> listing =
        StripeLists.all(
            stripe,
            "/v1/balance_transactions?limit=100&expand%5B0%5D=data.source&payout=" + payout.id());
    var contents = new ArrayList<Movement>();
    for (Payload one : listing) {
      Movement movement = ReadMovement.of(one);
      // The payout's own is not a part of it.
      if (!movement.isPayout() || !payout.id().equals(movement.source())) {
        contents.add(movement);
      }
      apply.apply(Work.of(book.act(movement, payout.book())));
    }
    Position difference = difference(payout, contents, unbooked.find(listing, payout.book()));
    apply.apply(Work.of(act(payout, difference.since(new Position()))));
    return true;
  }

  private static Position difference(
      Payout payout, List<Movement> contents, Map<String, Long> unbooked) {
    var position = new Position();
    AccountName receivable = AccountName.receivable("stripe");
    AccountName difference = AccountName.settlementDifference("stripe");
    long expected = contents.stream().mapToLong(Movement::net).reduce(0, Math::addExact);
    position.move(
        receivable,
        difference,
        new Asset(payout.amount().currency()),
        expected - payout.amount().minor());
    // Money that came of sales that nobody booked.
    unbooked.forEach(
        (currency, amount) -> position.move(difference, receivable, new Asset(currency), amount));
    return position;
  }

  private Act act(Payout payout, List<Posting> postings) {
    Instant now = clock.instant();
    Payout read =
        new Payout(
            payout.id(),
            payout.book(),
            payout.amount(),
            payout.status(),
            payout.arrivesAt(),
            Payout.Contents.READ);
    String id = payout.journalId() + ":difference";
    if (!postings.isEmpty()) {
      log.error("ALERT Stripe's payout {} is not what was expected", payout.id());
    }
    return transaction -> {
      Payout before = payouts.find(transaction, read).orElse(null);
      Payout after = read.after(before);
      return new Act.Plan(
          postings.isEmpty() ? List.of() : List.of(journal(id, payout, postings)),
          postings.isEmpty() || payout.book() != Book.LIVE
              ? List.of()
              : List.of(doubt(id, payout, postings)),
          writes -> payouts.put(writes, after, now));
    };
  }

  private static Journal journal(String id, Payout payout, List<Posting> postings) {
    return new Journal(
        id,
        SettlementJournals.SETTLEMENT_DIFFERENCE,
        payout.book(),
        null,
        payout.arrivesAt(),
        null,
        postings,
        "payout " + payout.id());
  }

  private static ReviewCase doubt(String id, Payout payout, List<Posting> postings) {
    var evidence = new TreeMap<String, String>();
    evidence.put("journal", id);
    evidence.put("payout", payout.id());
    evidence.put("paid", payout.amount().minor() + " " + payout.amount().currency());
    postings.stream()
        .filter(line -> line.account().equals(AccountName.settlementDifference("stripe")))
        .forEach(line ->
            evidence.put("difference " + line.asset().code(), Long.toString(line.signed())));
    Posting largest = postings.getFirst();
    return new ReviewCase(
        BookMovement.DIFFERENCE + ":" + payout.name(),
        "",
        BookMovement.DIFFERENCE,
        null,
        null,
        largest.amount(),
        largest.asset().code(),
        evidence);
  }
}
