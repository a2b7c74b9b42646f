package dev.fireside.payments.purchases;

import dev.fireside.economy.store.Holdings;
import dev.fireside.ledger.Progress;
import dev.fireside.ledger.Rounds;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.ledger.store.CaseStore;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.ledger.store.NotificationStore;
import dev.fireside.payments.catalogue.store.CatalogueStore;
import dev.fireside.payments.purchases.domain.Customer;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.store.CustomerStore;
import dev.fireside.payments.purchases.store.DeliveryStore;
import dev.fireside.payments.purchases.store.DeliveryStore.Delivery;
import dev.fireside.payments.purchases.store.HoldingStore;
import dev.fireside.payments.purchases.store.PurchaseStore;
import dev.fireside.payments.vault.store.Vault;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Documents;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets facts take effect: claim, journals, balances, entitlements, inventory, receipts and review
/// cases in one Firestore transaction, so that a crash at any line leaves all of it or none.
///
/// Three guards make an effect happen once: the delivery's id, the id of each journal, and the
/// settlement itself, which finds nothing left to do.
public final class ApplyFacts {
  private static final Logger log = LoggerFactory.getLogger(ApplyFacts.class);

  private final Documents documents;
  private final DeliveryStore deliveries;
  private final Stores stores;
  private final Clock clock;
  private final Assessor assessor;
  private final Progress progress;
  private final Queue queue;

  /// The stores that an effect writes to.
  record Stores(
      PurchaseStore purchases,
      LedgerStore ledger,
      CatalogueStore catalogue,
      CustomerStore customers,
      HoldingStore holdings,
      Holdings inventories,
      CaseStore cases,
      NotificationStore notifications,
      DeliveryStore deliveries) {}

  /// @param assessor says what is doubtful
  public ApplyFacts(Platform platform, Assessor assessor) {
    this(platform, assessor, Progress.UNHEARD);
  }

  /// @param progress hears of every step
  public ApplyFacts(Platform platform, Assessor assessor, Progress progress) {
    this(platform, assessor, progress, new PurchaseStore(platform.documents()));
  }

  ApplyFacts(Platform platform, Assessor assessor, Progress progress, PurchaseStore purchases) {
    this.documents = platform.documents();
    this.clock = platform.clock();
    this.assessor = assessor;
    this.progress = progress;
    this.queue = new Queue(platform.redis());
    this.deliveries = DeliveryStore.of(platform);
    this.stores =
        new Stores(
            purchases,
            new LedgerStore(documents),
            new CatalogueStore(documents),
            new CustomerStore(documents),
            new HoldingStore(documents),
            new Holdings(platform),
            new CaseStore(),
            new NotificationStore(),
            deliveries);
  }

  /// What becomes of a delivery that came before; empty for one that is new, or has yet to take
  /// effect.
  public Optional<Applied> before(Delivery delivery) {
    return deliveries.find(delivery).flatMap(row -> repeated(delivery, row));
  }

  /// Lets some work take effect, unless it has before.
  public Applied apply(Work work) {
    progress.at("begin");
    Optional<Uid> person = person(work);
    try (Queue.Turn _ =
        person.map(Uid::value).or(() -> subject(work)).map(queue::turn).orElse(Queue.NO_TURN)) {
      progress.at("turn taken");
      Delivery delivery = work.delivery();
      // Most repeats come long after the first: one read shows it, without a transaction.
      Optional<Applied> before = delivery == null ? Optional.empty() : before(delivery);
      if (before.isPresent()) {
        return before.get();
      }
      progress.at("first look");
      List<Assessor.Finding> findings = assessor.assess(work);
      progress.at("assessed");
      if (delivery == null) {
        return committed(work, findings, Optional.empty(), person);
      }
      // What is said of disputes, or under a name that a provider made up, goes with the person
      // too.
      Delivery owned = person.map(delivery::of).orElse(delivery);
      Optional<byte[]> sealed = deliveries.seal(owned);
      progress.at("sealed");
      return committed(work.deliveredBy(owned), findings, sealed, person);
    }
  }

  /// The person that some work is about: who is named, else who the purchases are of.
  private Optional<Uid> person(Work work) {
    Delivery delivery = work.delivery();
    if (delivery != null && !delivery.owner().equals(Vault.HOUSE)) {
      return Optional.of(new Uid(delivery.owner()));
    }
    Map<PurchaseKey, Purchase> known = stores.purchases().find(work.facts().keySet());
    return work.facts().entrySet().stream()
        .flatMap(facts ->
            holders(
                known.getOrDefault(facts.getKey(), Purchase.empty(facts.getKey())),
                facts.getValue()))
        .flatMap(holder -> Customer.person(holder, stores.customers()::get).stream())
        .findFirst();
  }

  private static Stream<String> holders(Purchase purchase, List<Fact> news) {
    return Stream.concat(
        Stream.ofNullable(purchase.owner()).map(Uid::value),
        purchase.facts().with(news).latest(Fact.Held.class).map(Fact.Held::holder).stream());
  }

  /// What work about nobody who is known shares with other work: the customer, else the purchase.
  private static Optional<String> subject(Work work) {
    if (work.transfer() != null) {
      return Optional.of(work.transfer().to());
    }
    return work.facts().values().stream()
        .flatMap(List::stream)
        .filter(Fact.Held.class::isInstance)
        .map(fact -> ((Fact.Held) fact).holder())
        .findFirst()
        .or(() -> work.facts().keySet().stream().map(PurchaseKey::name).sorted().findFirst());
  }

  private record Done(Applied applied, Effect effect) {}

  private Applied committed(
      Work work, List<Assessor.Finding> findings, Optional<byte[]> sealed, Optional<Uid> person) {
    Done done =
        Rounds.commit(
            documents,
            transaction -> {
              var effect =
                  new Effect(stores, assessor, findings, transaction, clock.instant(), progress);
              return new Done(effect.run(work, sealed, person), effect);
            });
    progress.at("committed");
    done.effect().committed();
    return done.applied();
  }

  /// What becomes of a delivery of which that is kept; empty where it has yet to take effect.
  static Optional<Applied> repeated(Delivery delivery, DeliveryStore.Row row) {
    if (row.isRefused()) {
      return Optional.empty();
    }
    if (row.bodyHash().equals(delivery.hash())) {
      return row.isReceived() ? Optional.empty() : Optional.of(Applied.DUPLICATE);
    }
    log.error(
        "ALERT {} event {} came again with another body: it has no effect",
        delivery.provider(),
        delivery.eventId());
    return Optional.of(Applied.TAMPERED);
  }
}
