package dev.fireside.payments.revenuecat;

import dev.fireside.economy.domain.CurrencyCode;
import dev.fireside.economy.store.Catalogue;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.purchases.Applied;
import dev.fireside.payments.purchases.TakeDelivery;
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

/// Takes what RevenueCat's webhook delivers; returns when its effect is committed, or it is kept.
public final class ReceiveRevenueCat {
  /// Names RevenueCat among those who deliver.
  public static final String PROVIDER = "revenuecat";

  private static final String SIGNATURE = "X-RevenueCat-Webhook-Signature";

  private final TakeDelivery deliveries;
  private final Catalogue catalogue;
  private final Vault vault;
  private final Clock clock;
  private final List<String> authorizations;
  private final List<String> secrets;
  private final boolean countsCurrency;

  public ReceiveRevenueCat(Platform platform, TakeDelivery deliveries) {
    Config config = platform.config();
    this.deliveries = deliveries;
    this.catalogue = new Catalogue(platform);
    this.vault = new Vault(platform.documents(), config, platform.clock());
    this.clock = platform.clock();
    this.authorizations = Secrets.of(config, "REVENUECAT_WEBHOOK_AUTHORIZATION");
    this.secrets = Secrets.of(config, "REVENUECAT_WEBHOOK_SECRET");
    this.countsCurrency =
        config.text("REVENUECAT_VIRTUAL_CURRENCY").filter("source"::equals).isPresent();
  }

  /// Verifies a delivery and lets it take effect. Throws a problem for one that is not
  /// RevenueCat's, and then nothing is written, or cannot be read; that is kept.
  public Applied receive(Request request) {
    verify(request);
    var unread = Delivery.unread(PROVIDER, request.rawBody());
    Payload event = deliveries.read(unread, () -> Payload.of(request).object("event"));
    RevenueCatEvent read = event(event);
    if (deliveries.read(unread, read::isNoise)) {
      return Applied.DONE;
    }
    Delivery delivery =
        deliveries.read(
            unread,
            () -> {
              Uid person = read.person();
              return new Delivery(
                  PROVIDER,
                  read.id(),
                  read.type(),
                  person == null ? Vault.HOUSE : person.value(),
                  unread.body());
            });
    Work work = deliveries.read(delivery, () -> named(read));
    introduce(work);
    return deliveries.take(work.deliveredBy(delivery));
  }

  private RevenueCatEvent event(Payload event) {
    return new RevenueCatEvent(event, clock.millis(), countsCurrency);
  }

  /// What an event asks for, with the address that its purchases can be found by.
  private Work named(RevenueCatEvent event) {
    Work work = event.work();
    String address = event.mail().orElse(null);
    if (address == null || work.facts().isEmpty()) {
      return work;
    }
    var mailed = new Fact.Mailed(event.id(), event.at(), vault.blindIndex(Vault.MAIL, address));
    for (PurchaseKey key : work.facts().keySet()) {
      work = work.with(key, List.of(mailed));
    }
    return work;
  }

  /// Where RevenueCat counts a currency itself, it also says which there are.
  private void introduce(Work work) {
    catalogue.introduce(currencies(work));
  }

  private static Set<CurrencyCode> currencies(Work work) {
    return work.facts().values().stream()
        .flatMap(List::stream)
        .filter(Fact.Adjusted.class::isInstance)
        .map(Fact.Adjusted.class::cast)
        .map(adjusted -> new CurrencyCode(adjusted.code()))
        .collect(Collectors.toSet());
  }

  /// What a delivery that was kept asks for. Throws a 400 problem for one that cannot be read.
  public Work read(String body) {
    Work work = named(event(Payload.of(body).object("event")));
    introduce(work);
    return work;
  }

  /// Each kind of proof that is configured is asked for: none stands in for the other.
  private void verify(Request request) {
    if (authorizations.isEmpty() && secrets.isEmpty()) {
      throw Secrets.unconfigured(PROVIDER);
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
