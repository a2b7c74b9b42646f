package dev.fireside.payments.fraud;

import dev.fireside.payments.domain.Book;
import dev.fireside.payments.domain.Customer;
import dev.fireside.payments.domain.Fact;
import dev.fireside.payments.domain.Hold;
import dev.fireside.payments.domain.LineageKey;
import dev.fireside.payments.domain.Money;
import dev.fireside.payments.domain.ReviewCase;
import dev.fireside.payments.domain.fraud.FraudRules;
import dev.fireside.payments.domain.fraud.Signals;
import dev.fireside.payments.domain.fraud.Velocity;
import dev.fireside.payments.domain.fraud.Verdict;
import dev.fireside.payments.effects.Assessor;
import dev.fireside.payments.effects.Work;
import dev.fireside.payments.store.CatalogueStore;
import dev.fireside.payments.store.RiskStore;
import dev.fireside.payments.store.Vault;
import dev.fireside.payments.store.VelocityStore;
import dev.fireside.payments.webhooks.Payload;
import dev.fireside.shared.Platform;
import dev.fireside.shared.config.Environment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Judges every transaction that a delivery tells, by the rules. Its answer is written in the
/// transaction in which the purchase takes effect.
public final class AssessFraud implements Assessor {
  private static final List<String> DEVICE_IDS =
      List.of("$deviceId", "$idfv", "$gpsAdId", "$androidId", "$idfa");

  private final CatalogueStore catalogue;
  private final RiskStore risk;
  private final VelocityStore velocity;
  private final Vault vault;
  private final boolean production;
  private final Set<String> testers;

  public AssessFraud(Platform platform) {
    this.catalogue = new CatalogueStore(platform.documents());
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
    var findings = new ArrayList<Finding>();
    work.facts()
        .forEach((key, facts) -> {
          for (Fact fact : facts) {
            if (fact instanceof Fact.Sold sold) {
              Verdict verdict = judge(work, key, sold.listed(facts));
              if (verdict.outcome() != Verdict.Outcome.ALLOW) {
                findings.add(finding(work, key, sold, verdict));
              }
            }
          }
        });
    return findings;
  }

  private Verdict judge(Work work, LineageKey key, Fact.Sold sold) {
    if (key.book() == Book.SANDBOX) {
      String who = person(work, sold);
      return FraudRules.judge(
          new Signals(
              sold,
              key.book(),
              !production || testers.contains(who),
              null,
              null,
              null,
              null,
              0,
              0,
              0));
    }
    String who = person(work, sold);
    String member = key.name() + ":" + sold.key();
    boolean known = Customer.isPerson(who);
    return FraudRules.judge(
        new Signals(
            sold,
            key.book(),
            true,
            catalogue.find(sold.product()).orElse(null),
            velocity.note("user", who, member, sold.at()).orElse(null),
            velocity.count("failures", who, sold.at()).orElse(null),
            device(work, member, sold.at()),
            known ? risk.bought(who) : 0,
            known ? risk.takenBack(who) : 0,
            risk.holders(key)));
  }

  private static String person(Work work, Fact.Sold sold) {
    return work.aliases().getOrDefault(sold.holder(), sold.holder());
  }

  /// Purchases from the buyer's device; null where the delivery does not name it.
  private @Nullable Velocity device(Work work, String member, long at) {
    if (work.delivery() == null || !work.delivery().provider().equals("revenuecat")) {
      return null;
    }
    Payload attributes =
        Payload.of(work.delivery().body()).object("event").object("subscriber_attributes");
    for (String name : DEVICE_IDS) {
      String id = attributes.object(name).text("value");
      if (!id.isEmpty()) {
        // The rule for persons says already when nobody can count.
        return velocity
            .note("device", vault.blindIndex("device", id), member, at)
            .orElse(Velocity.NONE);
      }
    }
    return null;
  }

  private static Finding finding(Work work, LineageKey key, Fact.Sold sold, Verdict verdict) {
    Map<String, String> evidence = new HashMap<>(verdict.reasons());
    evidence.put("outcome", verdict.outcome().name().toLowerCase(java.util.Locale.ROOT));
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
            "risk:" + key.name() + ":" + sold.key(),
            person(work, sold),
            verdict.reason(),
            key,
            sold.key(),
            price == null ? 0 : Math.abs(price.minor()),
            price == null ? null : price.currency(),
            evidence);
    return new Finding(key, sold.key(), hold, doubt);
  }
}
