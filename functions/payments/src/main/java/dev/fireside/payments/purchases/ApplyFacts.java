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
import dev.fireside.shared.store.Transaction;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
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

  private static final int LOCKS = 64;

  private final Documents documents;
  private final DeliveryStore deliveries;
  private final Stores stores;
  private final Clock clock;
  private final Assessor assessor;
  private final Progress progress;

  // Deliveries about one purchase queue up here, instead of in Firestore where they cost attempts.
  private final ReentrantLock[] locks =
      IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);

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
    this.documents = platform.documents();
    this.clock = platform.clock();
    this.assessor = assessor;
    this.progress = progress;
    this.deliveries = new DeliveryStore(documents, new Vault(documents, platform.config(), clock));
    this.stores =
        new Stores(
            new PurchaseStore(documents),
            new LedgerStore(documents),
            new CatalogueStore(documents),
            new CustomerStore(),
            new HoldingStore(documents),
            new Holdings(platform),
            new CaseStore(),
            new NotificationStore(),
            deliveries);
  }

  /// What becomes of a delivery that came before; empty for a new one.
  public Optional<Applied> before(Delivery delivery) {
    return deliveries.hashOf(delivery).map(hash -> repeated(delivery, hash));
  }

  /// Lets some work take effect, unless it has before.
  public Applied apply(Work work) {
    Delivery delivery = work.delivery();
    ReentrantLock lock = locks[Math.floorMod(lockKey(work).hashCode(), LOCKS)];
    lock.lock();
    try {
      progress.at("begin");
      // Most repeats come long after the first: one read shows it, without a transaction.
      Optional<Applied> before = delivery == null ? Optional.empty() : before(delivery);
      if (before.isPresent()) {
        return before.get();
      }
      progress.at("first look");
      List<Assessor.Finding> findings = assessor.assess(work);
      progress.at("assessed");
      if (delivery == null) {
        return committed(work, findings, Optional.empty());
      }
      Delivery owned = owned(delivery, work);
      Optional<byte[]> sealed = deliveries.seal(owned);
      progress.at("sealed");
      return committed(work.deliveredBy(owned), findings, sealed);
    } finally {
      lock.unlock();
    }
  }

  /// A delivery under the key of the person that its purchases are of, where it names nobody: what
  /// is said of disputes, or under a name that a provider made up, goes with the person too.
  private Delivery owned(Delivery delivery, Work work) {
    if (!delivery.owner().equals(Vault.HOUSE) || work.facts().isEmpty()) {
      return delivery;
    }
    Optional<Uid> person =
        documents.transact(transaction ->
            work.facts().entrySet().stream()
                .flatMap(facts -> holders(transaction, facts.getKey(), facts.getValue()))
                .flatMap(holder ->
                    Customer.person(holder, id -> stores.customers().get(transaction, id)).stream())
                .findFirst());
    return person.map(delivery::of).orElse(delivery);
  }

  private Stream<String> holders(Transaction transaction, PurchaseKey key, List<Fact> news) {
    Purchase purchase = stores.purchases().get(transaction, key);
    return Stream.concat(
        Stream.ofNullable(purchase.owner()).map(Uid::value),
        purchase.facts().with(news).latest(Fact.Held.class).map(Fact.Held::holder).stream());
  }

  private record Done(Applied applied, Effect effect) {}

  private static String lockKey(Work work) {
    return work.facts().isEmpty()
        ? String.valueOf(work.delivery() == null ? "" : work.delivery().eventId())
        : work.facts().keySet().iterator().next().name();
  }

  private Applied committed(Work work, List<Assessor.Finding> findings, Optional<byte[]> sealed) {
    Done done =
        Rounds.commit(
            documents,
            transaction -> {
              var effect =
                  new Effect(stores, assessor, findings, transaction, clock.instant(), progress);
              return new Done(effect.run(work, sealed), effect);
            });
    progress.at("committed");
    done.effect().committed();
    return done.applied();
  }

  static Applied repeated(Delivery delivery, String hash) {
    if (hash.equals(delivery.hash())) {
      return Applied.DUPLICATE;
    }
    log.error(
        "ALERT {} event {} came again with another body: it has no effect",
        delivery.provider(),
        delivery.eventId());
    return Applied.TAMPERED;
  }
}
