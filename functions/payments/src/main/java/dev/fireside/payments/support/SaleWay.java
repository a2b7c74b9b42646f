package dev.fireside.payments.support;

import dev.fireside.ledger.domain.AccountName;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.LedgerProof.Written;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.Posting;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Hold;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.domain.Sale;
import dev.fireside.payments.purchases.store.DeliveryStore;
import dev.fireside.payments.reviews.domain.Review;
import dev.fireside.payments.reviews.store.ReviewStore;
import dev.fireside.payments.support.Way.Stage;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Documents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The way of one transaction: its delivery, what it stated, what it waits for, its cases and its
/// journals.
final class SaleWay {
  private static final int JOURNALS_MAX = 50;

  private final Documents documents;
  private final LedgerStore ledger;
  private final DeliveryStore deliveries;
  private final ReviewStore reviews = new ReviewStore();

  SaleWay(Documents documents, DeliveryStore deliveries) {
    this.documents = documents;
    this.ledger = new LedgerStore(documents);
    this.deliveries = deliveries;
  }

  /// @param person who misses something
  /// @param known whether the catalogue knows a store's product
  Way of(Uid person, Purchase purchase, Fact.Sold sold, Predicate<String> known) {
    String receipt = Sale.receipt(purchase.key(), sold.key());
    List<Written> journals = ledger.startingWith(receipt + ":", null, JOURNALS_MAX);
    Sale sale = purchase.sales().get(sold.key());
    Cause cause = cause(person, purchase, sold, sale, journals, known);
    var stages = new ArrayList<Stage>();
    stages.add(delivery(purchase, sold.event()));
    stages.add(
        new Stage(
            "fact",
            null,
            "sold",
            at(sold),
            sold.quantity() + " x " + sold.product() + priced(sold)));
    purchase
        .waiting()
        .forEach(what ->
            stages.add(new Stage("waiting", null, "waits", since(purchase), "Waits for " + what)));
    stages.addAll(cases(person, purchase, sold, cause));
    journals.forEach(written -> stages.add(stage(written.journal())));
    return new Way(
        purchase.key().name(),
        receipt,
        sale == null || sale.product() == null ? sold.product() : sale.product(),
        WireNames.of(cause),
        stages.getLast().at(),
        cause.todo(),
        stages);
  }

  private static Cause cause(
      Uid person,
      Purchase purchase,
      Fact.Sold sold,
      @Nullable Sale sale,
      List<Written> journals,
      Predicate<String> known) {
    Uid receiver = sale == null ? null : sale.uid();
    if (sale == null || receiver == null || !sale.isAssigned()) {
      return waiting(purchase, sold, known);
    }
    if (!receiver.equals(person)) {
      return Cause.SOMEBODY_ELSES;
    }
    if (purchase.key().book() == Book.SANDBOX) {
      return Cause.SANDBOX;
    }
    if (sale.state().isTakenBack(sale.paid())) {
      return sale.state().disputes().lost() > 0 ? Cause.DISPUTE_LOST : Cause.REFUNDED;
    }
    if (sale.state().hold() == Hold.DENIED) {
      return Cause.DENIED;
    }
    if (sale.state().hold() == Hold.HELD) {
      return Cause.HELD;
    }
    if (sale.state().disputes().open()) {
      return Cause.DISPUTED;
    }
    if (sale.state().refunded() > 0) {
      return Cause.PARTLY_REFUNDED;
    }
    if (sale.units().isEmpty()) {
      return Cause.NO_UNITS;
    }
    boolean paidDebt =
        journals.stream()
            .flatMap(written -> written.journal().postings().stream())
            .anyMatch(posting ->
                posting.account().equals(AccountName.debt(person)) && posting.signed() > 0);
    return paidDebt ? Cause.PAID_DEBT : Cause.GRANTED;
  }

  private static Cause waiting(Purchase purchase, Fact.Sold sold, Predicate<String> known) {
    if (purchase.waiting().contains(Purchase.PRODUCT + ":" + sold.product())) {
      return known.test(sold.product()) ? Cause.TO_SETTLE : Cause.WAITS_FOR_PRODUCT;
    }
    return purchase.waitingFor().contains(Purchase.CUSTOMER)
        ? Cause.WAITS_FOR_PERSON
        : Cause.TO_SETTLE;
  }

  private Stage delivery(Purchase purchase, String event) {
    if (event.startsWith("read:")) {
      return new Stage("delivery", null, "read", null, "Found by reconciliation");
    }
    String provider = purchase.key().store().equals("stripe") ? "stripe" : "revenuecat";
    String id = provider + ":" + event;
    return deliveries
        .find(provider, event)
        .map(row ->
            new Stage("delivery", id, row.outcome(), row.receivedAt(), provider + " reported it"))
        .orElseGet(() ->
            new Stage(
                "delivery", id, "unknown", null, "Reported more than 90 days ago, or by nobody"));
  }

  private List<Stage> cases(Uid person, Purchase purchase, Fact.Sold sold, Cause cause) {
    var found = new ArrayList<Review>(reviews.ofPurchase(documents, purchase.key()));
    if (cause == Cause.SOMEBODY_ELSES) {
      String sharing = "receipt_sharing:" + purchase.key().name() + ":" + sold.key() + ":" + person;
      reviews.find(documents, sharing).ifPresent(found::add);
    }
    return found.stream().filter(review -> isAbout(review, sold)).map(SaleWay::stage).toList();
  }

  private static boolean isAbout(Review review, Fact.Sold sold) {
    String sale = review.doubt().sale();
    return sale == null || sale.equals(Fact.Judged.ALL) || sale.equals(sold.key());
  }

  private static Stage stage(Review review) {
    String id = review.doubt().id();
    return switch (review.state()) {
      case Review.State.Open open ->
          new Stage(
              "case",
              id,
              "open",
              review.openedAt(),
              review.doubt().reason()
                  + (open.proposal() == null
                      ? ": nobody has decided; it decides itself at " + review.deadline()
                      : ": one of two has decided, the other has until " + review.deadline()));
      case Review.State.Decided decided ->
          new Stage(
              "case",
              id,
              WireNames.of(decided.decision()),
              decided.at(),
              review.doubt().reason() + ": decided by " + String.join(", ", decided.deciders()));
    };
  }

  private static Stage stage(Journal journal) {
    var moved = new ArrayList<String>();
    for (Posting posting : journal.postings()) {
      String account = posting.account().text();
      if (posting.asset().isUnit() && !account.startsWith("item_issuance")) {
        moved.add(
            (posting.signed() > 0 ? "+" : "")
                + posting.signed()
                + " "
                + posting.asset().unitId()
                + " "
                + place(account));
      }
    }
    return new Stage(
        "journal",
        journal.id(),
        journal.kind().wireName(),
        journal.occurredAt(),
        moved.isEmpty() ? "Moved money only" : String.join(", ", moved));
  }

  private static String place(String account) {
    if (account.startsWith("user_inventory")) {
      return "in the inventory";
    }
    return account.startsWith("user_debt") ? "of what they owe" : "in escrow";
  }

  private static String priced(Fact.Sold sold) {
    Money price = sold.price();
    return price == null
        ? ", free"
        : " for " + price.minor() + " " + price.currency() + " minor units";
  }

  private static Instant at(Fact.Sold sold) {
    return Instant.ofEpochMilli(sold.purchasedAt() == 0 ? sold.at() : sold.purchasedAt());
  }

  private static Instant since(Purchase purchase) {
    return Instant.ofEpochMilli(purchase.waitingSince());
  }
}
