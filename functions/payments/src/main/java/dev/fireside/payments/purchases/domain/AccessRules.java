package dev.fireside.payments.purchases.domain;

import dev.fireside.ledger.domain.Money;
import dev.fireside.payments.catalogue.domain.Product;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a purchase lets its owner do, from its facts.
final class AccessRules {
  private final PurchaseFacts facts;
  private final Shares shares;
  private final Function<String, Optional<Product>> catalogue;

  AccessRules(PurchaseFacts facts, Function<String, Optional<Product>> catalogue) {
    this.facts = facts;
    this.shares = new Shares(facts);
    this.catalogue = catalogue;
  }

  /// A period of access that one transaction or extension gives.
  private record Period(String product, long until, boolean frozen) {}

  Access access() {
    Optional<Fact.Status> status = facts.latest(Fact.Status.class);
    if (status.isPresent()) {
      return of(status.get());
    }
    Map<String, Long> until = new HashMap<>();
    boolean frozen = false;
    Period last = null;
    for (Period period : periods()) {
      frozen |= period.frozen();
      if (!period.frozen()) {
        give(until, period.product(), period.until());
        last = last == null || period.until() > last.until() ? period : last;
      }
    }
    long end = last == null ? 0 : last.until();
    Long grace = grace(end);
    if (last != null && grace != null) {
      give(until, last.product(), grace);
    }
    return new Access(
        until,
        renewing(end),
        billingIssue(end),
        frozen,
        pausedUntil(end),
        isConsentAsked(end),
        pending(end));
  }

  private Access of(Fact.Status status) {
    Map<String, Long> until = new HashMap<>();
    List<Fact.Covered> paid = facts.all(Fact.Covered.class);
    boolean frozen = false;
    for (Fact.Item item : status.items()) {
      // Each product by its own payment; one that was never paid for by itself by the last of all.
      Optional<Fact.Covered> last =
          last(paid, covered -> covered.product().equals(item.product()))
              .or(() -> last(paid, _ -> true));
      boolean stands = last.map(this::isBacked).orElse(true);
      frozen |= !stands;
      if (status.access() && stands) {
        give(until, item.product(), item.until());
      }
    }
    if (status.access()) {
      // A payment is reported by itself: the subscription may not have been reported again since.
      paid.stream()
          .filter(covered -> covered.at() >= status.at() && isBacked(covered))
          .forEach(covered -> give(until, covered.product(), covered.expiresAt()));
    }
    return new Access(
        until, status.renewing(), status.status().equals("past_due"), frozen, null, false, null);
  }

  private static Optional<Fact.Covered> last(
      List<Fact.Covered> paid, Predicate<Fact.Covered> which) {
    return paid.stream().filter(which).max(Comparator.comparingLong(Fact.Covered::expiresAt));
  }

  private boolean isBacked(Fact.Covered period) {
    return facts.all(Fact.Backed.class).stream()
        .filter(backed -> backed.transaction().equals(period.transaction()))
        .allMatch(Fact.Backed::stands);
  }

  private void give(Map<String, Long> until, String productId, long end) {
    catalogue
        .apply(productId)
        .map(Product::entitlements)
        .orElseGet(() -> named(productId))
        .forEach(entitlement -> until.merge(entitlement, end, Math::max));
  }

  /// What the provider says that a product of its own gives.
  private List<String> named(String productId) {
    return facts.all(Fact.Named.class).stream()
        .filter(named -> named.product().equals(productId))
        .flatMap(named -> named.entitlements().stream())
        .toList();
  }

  private List<Period> periods() {
    var periods = new java.util.ArrayList<Period>();
    for (Fact.Sold sale : facts.all(Fact.Sold.class)) {
      Long until = sale.expiresAt();
      add(
          periods,
          new Fact.Covered(
              sale.event(),
              sale.at(),
              sale.transaction(),
              sale.purchasedAt(),
              sale.product(),
              until == null ? Fact.FOREVER : until));
    }
    facts.all(Fact.Covered.class).forEach(covered -> add(periods, covered));
    for (Fact.Extended extended : facts.all(Fact.Extended.class)) {
      periods.add(new Period(extended.product(), extended.until(), false));
    }
    return periods;
  }

  private void add(List<Period> periods, Fact.Covered stated) {
    long until = Math.min(stated.expiresAt(), Math.min(shortened(stated), replaced(stated)));
    if (until <= 0) {
      return;
    }
    String product = stated.product();
    Fact.Sold sale =
        facts
            .saleOf(stated.transaction(), stated.purchasedAt(), product)
            .orElseGet(() -> sale(stated, until));
    boolean refunded = facts.refundTurns(sale).size() % 2 == 1;
    long paid =
        facts.all(Fact.Sold.class).stream()
            .filter(sold -> sold.key().equals(sale.key()))
            .mapToLong(sold -> {
              Money price = sold.price();
              return price == null ? 0 : price.minor();
            })
            .findAny()
            .orElse(0);
    boolean paidBack = paid > 0 && shares.refundedOf(sale.key()) >= paid;
    Disputes disputes = facts.disputes();
    if (refunded || paidBack || disputes.lost() > 0) {
      return;
    }
    boolean frozen = disputes.open() || facts.holdOf(sale.key()) != Hold.OPEN || !isBacked(stated);
    periods.add(new Period(product, until, frozen));
  }

  /// What a period that nobody has paid for yet, as far as is known, would be.
  private static Fact.Sold sale(Fact.Covered stated, long until) {
    return new Fact.Sold(
        "",
        0,
        "",
        stated.transaction(),
        stated.purchasedAt(),
        stated.product(),
        1,
        null,
        0,
        0,
        until);
  }

  /// The earliest end that was reported of a period after this.
  private long shortened(Fact.Covered stated) {
    return facts.all(Fact.Shortened.class).stream()
        .filter(end -> end.at() > stated.at() && isOfOne(end, stated))
        .mapToLong(Fact.Shortened::until)
        .min()
        .orElse(Fact.FOREVER);
  }

  /// When another product took the place of a period's.
  private long replaced(Fact.Covered stated) {
    List<Fact.Changing> changes = facts.all(Fact.Changing.class);
    return facts.all(Fact.Sold.class).stream()
        .filter(sold ->
            sold.purchasedAt() > stated.purchasedAt() && !sold.product().equals(stated.product()))
        .filter(sold ->
            changes.stream()
                .anyMatch(change ->
                    change.product().equals(sold.product())
                        && Math.abs(change.at() - sold.purchasedAt())
                            <= Fact.Changing.APART_MAX_MILLIS))
        .mapToLong(Fact.Sold::purchasedAt)
        .min()
        .orElse(Fact.FOREVER);
  }

  private boolean isOfOne(Fact.Shortened end, Fact.Covered stated) {
    boolean same =
        end.transaction().equals(stated.transaction())
            && (stated.isNear(end.purchasedAt())
                || end.purchasedAt() == 0
                || stated.purchasedAt() == 0);
    return same
        || facts
            .saleOf(end.transaction(), end.purchasedAt(), stated.product())
            .filter(sale ->
                facts
                    .saleOf(stated.transaction(), stated.purchasedAt(), stated.product())
                    .filter(sale::equals)
                    .isPresent())
            .isPresent();
  }

  /// The end of the grace period for what ended then, unless the store has said that it is over.
  private @Nullable Long grace(long end) {
    return isOver(end)
        ? null
        : facts.all(Fact.Grace.class).stream()
            .filter(grace -> grace.expiresAt() == end && grace.until() > end)
            .map(Fact.Grace::until)
            .max(Long::compare)
            .orElse(null);
  }

  private boolean isOver(long end) {
    return facts.all(Fact.Ended.class).stream().anyMatch(ended -> ended.expiresAt() >= end);
  }

  private boolean billingIssue(long end) {
    return !isOver(end)
        && facts.all(Fact.Grace.class).stream().anyMatch(grace -> grace.expiresAt() >= end);
  }

  private boolean renewing(long end) {
    return !isOver(end) && facts.latest(Fact.Renewing.class).map(Fact.Renewing::on).orElse(false);
  }

  private @Nullable Long pausedUntil(long end) {
    return facts
        .latest(Fact.Paused.class)
        .filter(paused -> paused.resumesAt() > end && !isRenewedSince(paused))
        .map(Fact.Paused::resumesAt)
        .orElse(null);
  }

  private boolean isRenewedSince(Fact fact) {
    return facts.latest(Fact.Sold.class).map(sold -> sold.at() >= fact.at()).orElse(false);
  }

  private boolean isConsentAsked(long end) {
    return !isOver(end)
        && facts
            .latest(Fact.Consent.class)
            .filter(consent -> consent.asked() && !isRenewedSince(consent))
            .isPresent();
  }

  private @Nullable String pending(long end) {
    Optional<Fact.Changing> change = facts.latest(Fact.Changing.class);
    if (change.isEmpty() || isOver(end)) {
      return null;
    }
    // The paired renewal carries the change out.
    boolean done =
        facts.all(Fact.Sold.class).stream()
            .anyMatch(sale ->
                sale.at() >= change.get().at() && sale.product().equals(change.get().product()));
    return done ? null : change.get().product();
  }
}
