package dev.fireside.payments.purchases.domain;

import dev.fireside.ledger.domain.Money;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Divides what is reported of a payment as a whole, refunds and disputes, over the transactions
/// that it paid for: mostly one, several where an invoice has several lines. What each gets sums to
/// what was reported.
final class Shares {
  private final List<String> keys = new ArrayList<>();
  private final List<Long> paid = new ArrayList<>();
  private final boolean onePayment;
  private final long refunded;
  private final Disputes disputes;
  private final List<Long> refunds;

  /// What disputes are divided by: what refunds left of each price.
  private final List<Long> left;

  Shares(PurchaseFacts facts) {
    Set<String> lines = linesOf(facts.all(Fact.Line.class)).keySet();
    for (Fact.Sold sold : facts.all(Fact.Sold.class)) {
      Money price = sold.price();
      keys.add(sold.key());
      paid.add(price == null ? 0 : price.minor());
    }
    this.onePayment = keys.size() == 1 || lines.containsAll(keys);
    this.refunded = facts.refundedAmount();
    this.disputes = facts.disputes();
    this.refunds = refunds(facts);
    var rest = new ArrayList<Long>();
    for (int i = 0; i < keys.size(); i++) {
      rest.add(paid.get(i) - refunds.get(i));
    }
    this.left = sum(rest) > 0 ? rest : paid;
  }

  /// What of the facts of an event is to be added to those that are known: an invoice that was
  /// taken as one transaction, before its lines were told apart, stays one.
  static Collection<? extends Fact> added(PurchaseFacts known, Collection<? extends Fact> more) {
    Map<String, String> lines =
        linesOf(
            more.stream().filter(Fact.Line.class::isInstance).map(Fact.Line.class::cast).toList());
    Set<String> before =
        known.all(Fact.Sold.class).stream().map(Fact.Sold::key).collect(Collectors.toSet());
    before.removeAll(linesOf(known.all(Fact.Line.class)).keySet());
    before.retainAll(lines.keySet());
    if (before.isEmpty()) {
      return more;
    }
    Predicate<Fact> isOfALine =
        fact ->
            switch (fact) {
              case Fact.Line _ -> true;
              case Fact.Sold sold -> lines.containsKey(sold.key());
              case Fact.Offered offered -> lines.containsKey(offered.key());
              default -> false;
            };
    return more.stream().filter(isOfALine.negate()).toList();
  }

  private static Map<String, String> linesOf(List<Fact.Line> lines) {
    var byKey = new TreeMap<String, String>();
    lines.forEach(line -> byKey.put(line.key(), line.line()));
    return byKey;
  }

  /// Whether all transactions of the purchase were paid for together.
  boolean isOnePayment() {
    return onePayment;
  }

  /// How much of a transaction's price is back at the customer.
  long refundedOf(String key) {
    return refunds.get(keys.indexOf(key));
  }

  private List<Long> refunds(PurchaseFacts facts) {
    long sum = sum(paid);
    if (refunded >= sum) {
      return List.copyOf(paid);
    }
    if (keys.size() == 1) {
      return List.of(refunded);
    }
    List<Long> credited = credited(facts);
    if (sum(credited) > refunded) {
      return Money.divided(refunded, credited);
    }
    var uncredited = new ArrayList<Long>();
    for (int i = 0; i < keys.size(); i++) {
      uncredited.add(paid.get(i) - credited.get(i));
    }
    List<Long> rest = Money.divided(refunded - sum(credited), uncredited);
    var refunds = new ArrayList<Long>();
    for (int i = 0; i < keys.size(); i++) {
      refunds.add(credited.get(i) + rest.get(i));
    }
    return List.copyOf(refunds);
  }

  /// What credit notes say of each transaction, no more than it cost.
  private List<Long> credited(PurchaseFacts facts) {
    List<Fact.Credited> notes = facts.all(Fact.Credited.class);
    var voided = new HashSet<String>();
    notes.stream().filter(Fact.Credited::voided).forEach(note -> voided.add(note.note()));
    Map<String, Long> byLine = new HashMap<>();
    notes.stream()
        .filter(note -> !voided.contains(note.note()))
        .flatMap(note -> note.lines().entrySet().stream())
        .forEach(line -> byLine.merge(line.getKey(), line.getValue(), Math::addExact));
    Map<String, String> lines = linesOf(facts.all(Fact.Line.class));
    var credited = new ArrayList<Long>();
    for (int i = 0; i < keys.size(); i++) {
      String line = lines.getOrDefault(keys.get(i), "");
      credited.add(Math.clamp(byLine.getOrDefault(line, 0L), 0, Math.max(0, paid.get(i))));
    }
    return credited;
  }

  /// What the disputes of the payment come to for a transaction; fees stand with the first.
  Disputes disputesOf(String key) {
    int index = keys.indexOf(key);
    if (!onePayment) {
      return Disputes.whole(disputes.open(), disputes.disputed(), disputes.lost(), disputes.fees());
    }
    boolean one = keys.size() == 1;
    return new Disputes(
        disputes.open(),
        one ? disputes.disputed() : Money.divided(disputes.disputed(), left).get(index),
        one ? disputes.lost() : Money.divided(disputes.lost(), left).get(index),
        index == 0 ? disputes.fees() : Map.of(),
        share(disputes.contested(), index),
        share(disputes.lost(), index));
  }

  private long share(long amount, int index) {
    if (amount == 0) {
      return 0;
    }
    return amount >= sum(left) ? Disputes.WHOLE : Money.divided(amount, left).get(index);
  }

  private static long sum(List<Long> amounts) {
    return amounts.stream().reduce(0L, Math::addExact);
  }
}
