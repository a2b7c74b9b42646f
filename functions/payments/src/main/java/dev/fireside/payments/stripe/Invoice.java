package dev.fireside.payments.stripe;

import dev.fireside.ledger.domain.Money;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.stripe.Payload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An invoice that was paid: each of its lines is a transaction of its own, with its units, its
/// price and its tax, and what a line gives back has a negative price. Together they are what was
/// paid.
final class Invoice {
  private static final Logger log = LoggerFactory.getLogger(Invoice.class);

  private static final Set<String> PERIODS = Set.of("subscription_create", "subscription_cycle");
  private static final long QUANTITY_MAX = 10_000;

  /// With the invoice's id before it, it still is an id.
  private static final int NAME_MAX = 100;

  private final StripeNotice notice;
  private final String id;
  private final long at;
  private final StripeObject object;
  private final Payload json;
  private final StripeReader reader;
  private final boolean period;
  private final long created;

  Invoice(StripeNotice notice, StripeObject object, StripeReader reader) {
    this.notice = notice;
    this.id = notice.id();
    this.at = notice.at();
    this.object = object;
    this.json = object.json();
    this.reader = reader;
    this.period = PERIODS.contains(json.text("billing_reason"));
    this.created = json.has("created") ? json.seconds("created") * 1_000 : at;
  }

  Work work() {
    String subscription = subscription();
    if (subscription == null) {
      // One of a single sale: its checkout session is what counts.
      return Work.NOTHING;
    }
    List<Payload> lines =
        StripeObject.all(json.object("lines"), "/v1/invoices/" + object.id() + "/lines", reader);
    if (lines.isEmpty()) {
      lines = List.of(json.object("lines"));
    }
    Payload main = main(lines);
    Money paid = object.amount("amount_paid");
    Payment by = payment(paid);
    List<Long> prices = prices(lines, main, paid);
    List<Long> taxes = taxes(lines, prices, paid);
    var payment = new ArrayList<Fact>();
    var periods = new ArrayList<Fact>();
    List<String> names = names(lines);
    for (int i = 0; i < lines.size(); i++) {
      Payload line = lines.get(i);
      String transaction = line == main ? object.id() : object.id() + ":" + names.get(i);
      Fact.Sold sold = sold(line, transaction, paid.currency(), prices.get(i), taxes.get(i));
      sold = by.outOfBand() ? sold.paidOutOfBand() : sold;
      payment.add(sold);
      payment.add(new Fact.Offered(id, at, sold.key(), listed(line, paid.currency())));
      if (lines.size() > 1) {
        payment.add(new Fact.Line(id, at, sold.key(), names.get(i)));
      }
      Long end = StripeObject.time(line.object("period"), "end");
      if (end != null && !isSingle(line) && line.number("amount", 0) >= 0) {
        periods.add(new Fact.Covered(id, at, transaction, created, sold.product(), end));
      }
    }
    payment.add(new Fact.PartOf(id, at, subscription));
    Work work = Work.of(object.key(by.id()), payment).withAliases(object.aliases());
    if (periods.isEmpty()) {
      return work;
    }
    periods.add(new Fact.Held(id, at, object.holder()));
    return work.with(object.key(subscription), periods);
  }

  /// The path of an invoice with its payments.
  static String withPayments(String id) {
    return "/v1/invoices/" + id + "?expand%5B0%5D=payments";
  }

  private @Nullable String subscription() {
    String now = json.object("parent").object("subscription_details").optionalId("subscription");
    return now == null ? json.optionalId("subscription") : now;
  }

  /// Stripe's ids of lines, or their numbers: old versions give all lines of a subscription its id.
  private static List<String> names(List<Payload> lines) {
    var names = new ArrayList<String>();
    for (Payload line : lines) {
      String named = line.usableId("id");
      boolean usable = named != null && named.length() <= NAME_MAX && !names.contains(named);
      names.add(usable && named != null ? named : String.valueOf(names.size()));
    }
    return names;
  }

  private Fact.Sold sold(Payload line, String transaction, String currency, long price, long tax) {
    String product = line.object("pricing").object("price_details").optionalId("price");
    if (product == null) {
      product = line.object("price").optionalId("id");
    }
    boolean single = isSingle(line);
    // A change of plan within a period gives nothing.
    boolean gives = single || (period && !isProration(line));
    return new Fact.Sold(
            id,
            at,
            object.holder(),
            transaction,
            created,
            product == null ? StripeObject.UNKNOWN : product,
            gives ? Math.clamp(line.number("quantity", 1), 1, QUANTITY_MAX) : 0,
            price == 0 ? null : new Money(price, currency),
            0,
            tax,
            single ? null : Long.valueOf(0))
        .in(json.object("customer_address").text("country"));
  }

  /// What a line costs before discounts, by which its price is judged; null for what has no price
  /// of its own: what is paid is less by coupons and credit, and another by a change of plan.
  private @Nullable Money listed(Payload line, String currency) {
    if (!period && !isSingle(line)) {
      return null;
    }
    Money list = StripeObject.amount(line, "amount", currency);
    return list.minor() > 0 ? list : null;
  }

  /// What each line has of what was paid, in minor units.
  private static List<Long> prices(List<Payload> lines, Payload main, Money paid) {
    List<Long> due = lines.stream().map(Invoice::due).toList();
    long sum = due.stream().reduce(0L, Math::addExact);
    return Money.divided(
        paid.minor(), sum > 0 ? due : lines.stream().map(line -> line == main ? 1L : 0L).toList());
  }

  /// What a line adds to the total: its amount, less discounts and credit, and the tax on top.
  static long due(Payload line) {
    List<Payload> less = line.objects("pretax_credit_amounts");
    if (less.isEmpty()) {
      less = line.objects("discount_amounts");
    }
    long due = StripeObject.whole(line, "amount");
    for (Payload part : less) {
      due -= StripeObject.whole(part, "amount");
    }
    for (Payload tax : taxesOf(line)) {
      boolean inside = tax.flag("inclusive") || tax.text("tax_behavior").equals("inclusive");
      due += inside ? 0 : StripeObject.whole(tax, "amount");
    }
    return due;
  }

  /// Before 2025-03-31 they had another name.
  private static List<Payload> taxesOf(Payload line) {
    List<Payload> taxes = line.objects("taxes");
    return taxes.isEmpty() ? line.objects("tax_amounts") : taxes;
  }

  /// The tax in each line's price, in minor units.
  private List<Long> taxes(List<Payload> lines, List<Long> prices, Money paid) {
    long total = json.number("total", 0);
    long stated = total - json.number("total_excluding_tax", total);
    long tax = StripeObject.amount(json, "total", stated, paid.currency()).minor();
    List<Long> weights =
        lines.stream()
            .map(line ->
                taxesOf(line).stream().mapToLong(one -> StripeObject.whole(one, "amount")).sum())
            .toList();
    boolean known = weights.stream().mapToLong(Long::longValue).sum() > 0;
    return Money.divided(Math.clamp(tax, 0, Math.max(0, paid.minor())), known ? weights : prices);
  }

  /// The line of the period itself, not of what a change of plan in between cost or gave back, nor
  /// of what was put on the invoice beside it: it goes by the name of the invoice.
  private static Payload main(List<Payload> lines) {
    return lines.stream()
        .filter(line -> !isProration(line))
        .min(Comparator.comparing(line -> !isOfSubscription(line)))
        .orElse(lines.getFirst());
  }

  private static boolean isProration(Payload line) {
    Payload parent = line.object("parent");
    return line.flag("proration")
        || parent.object("subscription_item_details").flag("proration")
        || parent.object("invoice_item_details").flag("proration");
  }

  /// Before 2025-03-31 the type stood at the line itself.
  private static boolean isOfSubscription(Payload line) {
    return line.object("parent").text("type").equals("subscription_item_details")
        || line.text("type").equals("subscription");
  }

  /// Whether a line is of something that was bought once, beside the subscription.
  private static boolean isSingle(Payload line) {
    boolean beside =
        line.object("parent").text("type").equals("invoice_item_details")
            || line.text("type").equals("invoiceitem");
    return beside && !isProration(line);
  }

  /// What an invoice was paid by.
  ///
  /// @param id the payment at Stripe; the invoice itself where there is none
  /// @param outOfBand whether it was paid past Stripe
  private record Payment(String id, boolean outOfBand) {}

  /// The payment of an invoice, which since 2025-03-31 stands in a list that events leave out.
  /// Refunds and disputes name nothing else. One that was paid outside of Stripe has none; where
  /// there is no such invoice, or no key to ask with, who paid still gets what they paid for.
  private Payment payment(Money paid) {
    String payment = object.payment();
    // Until 2025-03-31 it said so itself.
    boolean outOfBand = json.flag("paid_out_of_band");
    if (payment == null && !outOfBand && paid.minor() > 0) {
      Optional<Payload> invoice = reader.read(withPayments(object.id()));
      if (invoice.isEmpty()) {
        log.error("ALERT nobody knows the payment of {}: refunds of it will not be seen", id);
      } else {
        payment = new StripeObject(invoice.get(), notice.book()).payment();
        outOfBand = payment == null;
      }
    }
    return new Payment(payment == null ? object.id() : payment, outOfBand);
  }
}
