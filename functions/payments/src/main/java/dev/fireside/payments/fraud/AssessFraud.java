package dev.fireside.payments.fraud;

import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.payments.catalogue.domain.Product;
import dev.fireside.payments.fraud.domain.FraudRules;
import dev.fireside.payments.fraud.domain.Signals;
import dev.fireside.payments.fraud.domain.Velocity;
import dev.fireside.payments.fraud.domain.Verdict;
import dev.fireside.payments.fraud.store.RiskStore;
import dev.fireside.payments.fraud.store.VelocityStore;
import dev.fireside.payments.purchases.Assessor;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.purchases.domain.Customer;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Hold;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.vault.store.Vault;
import dev.fireside.shared.Platform;
import dev.fireside.shared.config.Environment;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.stripe.Payload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Judges transactions, prices and transfers by the rules. Its answer is written in the transaction
/// in which the purchase takes effect.
public final class AssessFraud implements Assessor {
  private static final List<String> DEVICE_IDS =
      List.of("$deviceId", "$idfv", "$gpsAdId", "$androidId", "$idfa");

  private final RiskStore risk;
  private final VelocityStore velocity;
  private final Vault vault;
  private final boolean production;
  private final Set<String> testers;

  public AssessFraud(Platform platform) {
    this.risk = new RiskStore(platform.documents());
    this.velocity = new VelocityStore(platform.redis());
    this.vault = new Vault(platform.documents(), platform.config(), platform.clock());
    this.production = platform.config().environment() == Environment.PRODUCTION;
    this.testers =
        Arrays.stream(platform.config().text("PAYMENTS_SANDBOX_TESTERS").orElse("").split(",", -1))
            .map(String::strip)
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public List<Finding> assess(Work work) {
    String device = device(work);
    var findings = new ArrayList<Finding>();
    work.facts()
        .forEach((key, facts) -> {
          boolean lined = facts.stream().anyMatch(Fact.Line.class::isInstance);
          for (Fact.Sold sold : payments(facts, lined)) {
            Uid alias = work.aliases().get(sold.holder());
            String who = alias == null ? sold.holder() : alias.value();
            Verdict verdict = judge(key, sold, who, device);
            if (verdict.outcome() != Verdict.Outcome.ALLOW) {
              Map<String, String> seen = device == null ? Map.of() : Map.of("device", device);
              Finding one = finding("risk", key, sold, who, verdict, seen);
              findings.add(lined ? one.ofAll() : one);
            }
          }
        });
    return findings;
  }

  /// What was paid at once: all lines of an invoice are one payment, under the key of the first.
  private static List<Fact.Sold> payments(List<Fact> facts, boolean lined) {
    List<Fact.Sold> sold =
        facts.stream().filter(Fact.Sold.class::isInstance).map(Fact.Sold.class::cast).toList();
    if (!lined || sold.isEmpty()) {
      return sold;
    }
    long sum = 0;
    String currency = null;
    for (Fact.Sold line : sold) {
      Money price = line.price();
      sum += price == null ? 0 : price.minor();
      currency = price == null ? currency : price.currency();
    }
    return List.of(sold.getFirst().withPrice(currency == null ? null : new Money(sum, currency)));
  }

  @Override
  public Optional<Finding> assessPrice(
      PurchaseKey key, Fact.Sold sold, Fact.Sold listed, Product product, Uid buyer) {
    Verdict verdict = FraudRules.judgePrice(listed, product);
    return verdict.outcome() == Verdict.Outcome.ALLOW
        ? Optional.empty()
        : Optional.of(finding(Fact.Judged.PRICE, key, sold, buyer.value(), verdict, Map.of()));
  }

  @Override
  public Optional<ReviewCase> assessTransfer(Purchase purchase, Work.Transfer transfer) {
    int holders = Customer.people(purchase.trail());
    Verdict verdict = FraudRules.judgeTransfer(holders);
    if (verdict.outcome() == Verdict.Outcome.ALLOW) {
      return Optional.empty();
    }
    PurchaseKey key = purchase.key();
    var evidence = new HashMap<>(verdict.reasons());
    evidence.put("outcome", "flag");
    evidence.put("event", transfer.event());
    return Optional.of(
        new ReviewCase(
            "transfer_chain:" + key.name() + ":" + holders,
            transfer.to(),
            verdict.reason(),
            key,
            null,
            0,
            null,
            evidence));
  }

  /// What the rules found.
  ///
  /// @param kind first part of the case's id
  /// @param seen further evidence
  private static Finding finding(
      String kind,
      PurchaseKey key,
      Fact.Sold sold,
      String who,
      Verdict verdict,
      Map<String, String> seen) {
    Map<String, String> evidence = new HashMap<>(verdict.reasons());
    evidence.putAll(seen);
    evidence.put("outcome", WireNames.of(verdict.outcome()));
    evidence.put("product", sold.product());
    evidence.put("quantity", Long.toString(sold.quantity()));
    evidence.put("event", sold.event());
    evidence.put("transaction", sold.key());
    Money price = sold.price();
    Hold hold =
        switch (verdict.outcome()) {
          case ALLOW, FLAG -> Hold.OPEN;
          case HOLD -> Hold.HELD;
          case DENY -> Hold.DENIED;
        };
    var doubt =
        new ReviewCase(
            kind + ":" + key.name() + ":" + sold.key(),
            who,
            verdict.reason(),
            key,
            sold.key(),
            price == null ? 0 : Math.abs(price.minor()),
            price == null ? null : price.currency(),
            evidence);
    return new Finding(key, sold.key(), hold, doubt);
  }

  private Verdict judge(PurchaseKey key, Fact.Sold sold, String who, @Nullable String device) {
    if (key.book() == Book.SANDBOX) {
      boolean allowed = !production || testers.contains(who);
      return FraudRules.judge(new Signals(key.book(), allowed, null, null, null, 0, 0, 0));
    }
    String member = member(key, sold.key());
    Uid known = Customer.isPerson(who) ? new Uid(who) : null;
    return FraudRules.judge(
        new Signals(
            key.book(),
            true,
            velocity.note("user", who, member, sold.at()).orElse(null),
            velocity.count("failures", who, sold.at()).orElse(null),
            device == null
                ? Velocity.NONE
                : velocity.note("device", device, member, sold.at()).orElse(null),
            known == null ? 0 : risk.bought(known),
            known == null ? 0 : risk.takenBack(known),
            risk.holders(key)));
  }

  /// Names a transaction where transactions are counted.
  static String member(PurchaseKey key, String sale) {
    return key.name() + ":" + sale;
  }

  /// The keyed hash of the buyer's device; null where the delivery does not name it.
  private @Nullable String device(Work work) {
    if (work.delivery() == null || !work.delivery().provider().equals("revenuecat")) {
      return null;
    }
    Payload attributes =
        Payload.of(work.delivery().body()).object("event").object("subscriber_attributes");
    return DEVICE_IDS.stream()
        .map(name -> attributes.object(name).text("value"))
        .filter(id -> !id.isEmpty())
        .findFirst()
        .map(id -> vault.blindIndex("device", id))
        .orElse(null);
  }
}
