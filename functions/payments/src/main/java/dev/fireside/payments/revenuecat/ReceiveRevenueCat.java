package dev.fireside.payments.revenuecat;

import dev.fireside.economy.domain.CurrencyCode;
import dev.fireside.economy.store.Catalogue;
import dev.fireside.payments.purchases.Applied;
import dev.fireside.payments.purchases.ApplyFacts;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.store.DeliveryStore.Delivery;
import dev.fireside.payments.vault.store.Vault;
import dev.fireside.shared.Platform;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.ids.Uid;
import dev.fireside.stripe.Payload;
import dev.fireside.stripe.Secrets;
import dev.fireside.stripe.Signature;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Takes what RevenueCat's webhook delivers; returns when its effect is committed.
public final class ReceiveRevenueCat {
  private static final String SIGNATURE = "X-RevenueCat-Webhook-Signature";

  private final ApplyFacts apply;
  private final Catalogue catalogue;
  private final Clock clock;
  private final List<String> authorizations;
  private final List<String> secrets;
  private final boolean countsCurrency;

  public ReceiveRevenueCat(Platform platform, ApplyFacts apply) {
    Config config = platform.config();
    this.apply = apply;
    this.catalogue = new Catalogue(platform);
    this.clock = platform.clock();
    this.authorizations = Secrets.of(config, "REVENUECAT_WEBHOOK_AUTHORIZATION");
    this.secrets = Secrets.of(config, "REVENUECAT_WEBHOOK_SECRET");
    this.countsCurrency =
        config.text("REVENUECAT_VIRTUAL_CURRENCY").filter("source"::equals).isPresent();
  }

  /// Verifies a delivery and lets it take effect. Throws a problem for one that is not RevenueCat's
  /// or cannot be read; then nothing is written.
  public Applied receive(Request request) {
    verify(request);
    Payload event = Payload.of(request).object("event");
    var read = new RevenueCatEvent(event, clock.millis(), countsCurrency);
    String id = read.id();
    if (read.isNoise()) {
      return Applied.DONE;
    }
    Uid person = read.person();
    var delivery =
        new Delivery(
            "revenuecat",
            id,
            read.type(),
            person == null ? Vault.HOUSE : person.value(),
            Payload.text(request.rawBody()));
    Work work = read.work();
    // Where RevenueCat counts a currency itself, it also says which there are.
    catalogue.introduce(currencies(work));
    return apply.apply(work.deliveredBy(delivery));
  }

  private static Set<CurrencyCode> currencies(Work work) {
    return work.facts().values().stream()
        .flatMap(List::stream)
        .filter(Fact.Adjusted.class::isInstance)
        .map(Fact.Adjusted.class::cast)
        .map(adjusted -> new CurrencyCode(adjusted.code()))
        .collect(Collectors.toSet());
  }

  /// What an event asks for, whoever brought it. Throws a 400 problem for one that cannot be read.
  public Work read(Payload event) {
    return new RevenueCatEvent(event, clock.millis(), countsCurrency).work();
  }

  /// Each kind of proof that is configured is asked for: none stands in for the other.
  private void verify(Request request) {
    if (authorizations.isEmpty() && secrets.isEmpty()) {
      throw Secrets.unconfigured("revenuecat");
    }
    if (!authorizations.isEmpty()
        && !Secrets.match(authorizations, request.header("Authorization").orElse(""))) {
      throw ProblemException.of(ProblemType.UNAUTHENTICATED, "The Authorization is not ours");
    }
    if (!secrets.isEmpty()) {
      Signature.verify(request.header(SIGNATURE), request.rawBody(), secrets, clock);
    }
  }
}
