package dev.fireside.payments.purchases.store;

import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Query;
import dev.fireside.ledger.domain.Asset;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.purchases.domain.Archive;
import dev.fireside.payments.purchases.domain.Disputes;
import dev.fireside.payments.purchases.domain.Hold;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.domain.PurchaseFacts;
import dev.fireside.payments.purchases.domain.Sale;
import dev.fireside.payments.purchases.domain.SaleState;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import dev.fireside.shared.store.Maps;
import dev.fireside.shared.store.Times;
import dev.fireside.shared.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Purchases: `purchases/{store:book:id}`, the facts and what was done about them.
public final class PurchaseStore {
  static final String COLLECTION = "purchases";

  /// Purchases that one change of plan can explain.
  private static final int AWAITING_MAX = 20;

  private static final int PAGE = 500;

  /// What of a purchase its document holds, at most, as [PurchaseArchive#weigh] counts: half of
  /// what a document may have.
  private static final int WEIGHT_MAX = 500_000;

  private final Documents documents;
  private final int weightMax;

  public PurchaseStore(Documents documents) {
    this(documents, WEIGHT_MAX);
  }

  /// @param weightMax what of a purchase its document holds, at most: the rest is kept apart
  public PurchaseStore(Documents documents, int weightMax) {
    this.documents = documents;
    this.weightMax = weightMax;
  }

  /// A purchase inside a transaction; an empty one where nothing is known.
  public Purchase get(Transaction transaction, PurchaseKey key) {
    return transaction
        .get(path(key))
        .map(document -> read(document, transaction::getAll))
        .orElseGet(() -> Purchase.empty(key));
  }

  /// Purchases by key; only those of which something is known.
  public Map<PurchaseKey, Purchase> find(Collection<PurchaseKey> keys) {
    var found = new HashMap<PurchaseKey, Purchase>();
    if (!keys.isEmpty()) {
      documents
          .getAll(keys.stream().map(PurchaseStore::path).collect(Collectors.toSet()))
          .values()
          .forEach(
              document -> found.put(key(document.fields()), read(document, documents::getAll)));
    }
    return found;
  }

  /// The purchases that a customer holds or has held, and that give access.
  public List<Purchase> accessHeldBy(Transaction transaction, String holder, Book book) {
    var query =
        documents
            .collection(COLLECTION)
            .whereArrayContains("trail", holder)
            .whereEqualTo("book", book.wireName())
            .whereEqualTo("grants", true);
    return transaction.list(query).stream()
        .map(document -> read(document, transaction::getAll))
        .toList();
  }

  /// The keys of up to `limit` purchases that wait for something.
  public List<PurchaseKey> waitingFor(String what, int limit) {
    var query = documents.collection(COLLECTION).whereArrayContains("waiting", what).limit(limit);
    return documents.list(query).stream().map(document -> key(document.fields())).toList();
  }

  /// A purchase that waits, and how long.
  ///
  /// @param since when it was bought
  public record Waiting(
      PurchaseKey key, List<String> what, Instant since, Map<String, Long> money) {}

  /// One page of the purchases that wait, the oldest first.
  ///
  /// @param kind what they wait for: [Purchase#PRODUCT], [Purchase#CUSTOMER]; null for either
  /// @param after the position that the page before ended with, or null
  public List<Waiting> waiting(
      Book book, @Nullable String kind, @Nullable String after, int limit) {
    Query query =
        documents
            .collection(COLLECTION)
            .whereEqualTo("book", book.wireName())
            .orderBy("waitingSince")
            .orderBy(FieldPath.documentId())
            .select("store", "book", "id", "waiting", "waitingSince", "unassigned")
            .limit(limit);
    if (kind != null) {
      query = query.whereArrayContains("waitingFor", kind);
    }
    if (after != null) {
      int colon = after.indexOf(':');
      Instant since = Instant.ofEpochMilli(Long.parseLong(after.substring(0, colon)));
      query = query.startAfter(Times.timestamp(since), after.substring(colon + 1));
    }
    return documents.list(query).stream()
        .map(Document::fields)
        .map(fields -> {
          var money = new TreeMap<String, Long>();
          Fields unassigned = fields.map("unassigned");
          unassigned.names().forEach(code -> money.put(code, unassigned.number(code)));
          return new Waiting(
              key(fields),
              fields.texts("waiting"),
              fields.instant("waitingSince").orElse(Instant.EPOCH),
              money);
        })
        .toList();
  }

  /// Where a purchase stands among those that wait.
  public static String position(Waiting waiting) {
    return waiting.since().toEpochMilli() + ":" + waiting.key().name();
  }

  /// The purchases that began to wait before that was kept. Reads all that wait.
  public List<PurchaseKey> waitingUnnoted() {
    var found = new ArrayList<PurchaseKey>();
    Query all =
        documents
            .collection(COLLECTION)
            .whereGreaterThan("waiting", List.of())
            .orderBy("waiting")
            .orderBy(FieldPath.documentId())
            .select("store", "book", "id", "waiting", "waitingSince")
            .limit(PAGE);
    Query query = all;
    while (true) {
      List<Document> page = documents.list(query);
      page.stream()
          .map(Document::fields)
          .filter(fields -> fields.instant("waitingSince").isEmpty())
          .forEach(fields -> found.add(key(fields)));
      if (page.size() < PAGE) {
        return found;
      }
      Document last = page.getLast();
      query = all.startAfter(last.fields().texts("waiting"), last.id());
    }
  }

  /// Up to [#AWAITING_MAX] purchases that a change of plan explains.
  ///
  /// @param change as [Purchase#awaited] names it
  public List<Purchase> awaiting(Transaction transaction, String change) {
    var query =
        documents.collection(COLLECTION).whereArrayContains("awaits", change).limit(AWAITING_MAX);
    return transaction.list(query).stream()
        .map(document -> read(document, transaction::getAll))
        .toList();
  }

  /// Writes a purchase whole.
  public void put(Transaction transaction, Purchase purchase, Instant now) {
    PurchaseKey key = purchase.key();
    var fields = new HashMap<String, Object>();
    fields.put("store", key.store());
    fields.put("book", key.book().wireName());
    fields.put("id", key.id());
    Archive archive = purchase.facts().archive();
    Archive.Part head = PurchaseArchive.head(purchase);
    for (Archive.Part apart : PurchaseArchive.split(head, weightMax)) {
      transaction.set(
          PurchaseArchive.path(path(key), archive.parts().size()),
          Map.of("facts", facts(apart), "sales", sales(apart)));
      archive = PurchaseArchive.with(archive, apart);
      head = PurchaseArchive.without(head, apart);
    }
    fields.put("facts", facts(head));
    fields.put("sales", sales(head));
    if (!archive.parts().isEmpty()) {
      fields.put("parts", archive.parts().size());
    }
    fields.put("adjusted", List.copyOf(purchase.adjusted()));
    fields.put("trail", purchase.trail().stream().distinct().toList());
    List<String> awaits = purchase.awaitedChanges();
    if (!awaits.isEmpty()) {
      fields.put("awaits", awaits);
    }
    fields.put("names", List.copyOf(purchase.names()));
    fields.put("mails", List.copyOf(purchase.mails()));
    fields.put("people", purchase.people().stream().map(Uid::value).toList());
    fields.put("waiting", purchase.waiting());
    if (!purchase.waiting().isEmpty()) {
      fields.put("waitingSince", Instant.ofEpochMilli(purchase.waitingSince()));
      fields.put("waitingFor", purchase.waitingFor());
      fields.put("unassigned", purchase.unassigned());
    }
    fields.put("grants", purchase.grants());
    fields.put("updatedAt", now);
    if (purchase.owner() != null) {
      fields.put("owner", purchase.owner().value());
    }
    transaction.set(path(key), fields);
  }

  static String path(PurchaseKey key) {
    return COLLECTION + "/" + key.name();
  }

  static PurchaseKey key(Fields fields) {
    return new PurchaseKey(
        fields.requiredText("store"),
        Book.of(fields.requiredText("book")),
        fields.requiredText("id"));
  }

  private static List<Map<String, Object>> facts(Archive.Part part) {
    return part.facts().stream().map(FactCodec::write).toList();
  }

  private static List<Map<String, Object>> sales(Archive.Part part) {
    return part.sales().stream().map(PurchaseStore::write).toList();
  }

  private static Archive.Part part(Fields fields) {
    return new Archive.Part(
        list(fields, "facts").stream().map(FactCodec::read).toList(),
        list(fields, "sales").stream().map(value -> readSale(map(value))).toList());
  }

  /// A purchase from its document.
  ///
  /// @param others reads documents, as of the same time: what is kept apart never changes
  static Purchase read(
      Document document, Function<Collection<String>, Map<String, Document>> others) {
    Fields fields = document.fields();
    List<String> paths = PurchaseArchive.paths(document.path(), (int) fields.number("parts"));
    Map<String, Document> apart = paths.isEmpty() ? Map.of() : others.apply(paths);
    var archive =
        new Archive(
            paths.stream()
                .map(path -> Objects.requireNonNull(apart.get(path), path))
                .map(part -> part(part.fields()))
                .toList());
    Archive.Part head = part(fields);
    var sales = new TreeMap<String, Sale>(archive.sales());
    head.sales().forEach(sale -> sales.put(sale.key(), sale));
    return new Purchase(
        PurchaseFacts.kept(key(fields), head.facts(), archive),
        sales,
        new HashSet<>(fields.texts("adjusted")),
        fields.text("owner").map(Uid::new).orElse(null),
        fields.texts("trail"),
        fields.texts("waiting"),
        fields.flag("grants"));
  }

  private static List<?> list(Fields fields, String name) {
    return fields.values().get(name) instanceof List<?> list ? list : List.of();
  }

  private static Fields map(Object value) {
    var fields = new HashMap<String, Object>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, field) -> {
        if (field != null) {
          fields.put(String.valueOf(name), field);
        }
      });
    }
    return new Fields(fields);
  }

  private static Map<String, Object> write(Sale sale) {
    var fields = new HashMap<String, Object>();
    fields.put("key", sale.key());
    Maps.put(fields, "uid", sale.uid() == null ? null : sale.uid().value());
    Maps.put(fields, "product", sale.product());
    Maps.put(fields, "country", sale.country());
    if (sale.price() != null) {
      fields.put(
          "price", Map.of("minor", sale.price().minor(), "currency", sale.price().currency()));
    }
    fields.put("fee", sale.fee());
    fields.put("tax", sale.tax());
    // Absent where it was booked as ours, as that of all stores was before.
    if (sale.remitted() && sale.tax() != 0) {
      fields.put("taxRemitted", true);
    }
    if (sale.outOfBand()) {
      fields.put("outOfBand", true);
    }
    var units = new HashMap<String, Object>();
    sale.units().forEach((asset, count) -> units.put(asset.code(), count));
    fields.put("units", units);
    fields.put("turns", sale.state().turns());
    fields.put("refunded", sale.state().refunded());
    fields.put("hold", sale.state().hold().text());
    Disputes disputes = sale.state().disputes();
    fields.put("frozen", disputes.open());
    fields.put("disputed", disputes.disputed());
    fields.put("lost", disputes.lost());
    fields.put("disputeFees", disputes.fees());
    // Left out where it is the whole price, as it always was before.
    if (disputes.open() && disputes.contested() != Disputes.WHOLE) {
      fields.put("contested", disputes.contested());
    }
    if (disputes.lost() != 0 && disputes.forfeited() != Disputes.WHOLE) {
      fields.put("forfeited", disputes.forfeited());
    }
    fields.put("steps", sale.steps());
    return fields;
  }

  private static Sale readSale(Fields fields) {
    var units = new HashMap<Asset, Long>();
    Fields kept = fields.map("units");
    kept.names().forEach(code -> units.put(new Asset(code), kept.number(code)));
    Fields price = fields.map("price");
    var fees = new HashMap<String, Long>();
    Fields keptFees = fields.map("disputeFees");
    keptFees.names().forEach(currency -> fees.put(currency, keptFees.number(currency)));
    return new Sale(
        fields.requiredText("key"),
        fields.text("uid").map(Uid::new).orElse(null),
        fields.text("product").orElse(null),
        price
            .text("currency")
            .map(currency -> new Money(price.number("minor"), currency))
            .orElse(null),
        fields.number("fee"),
        fields.number("tax"),
        fields.flag("taxRemitted") || fields.number("tax") == 0,
        fields.flag("outOfBand"),
        fields.text("country").orElse(null),
        units,
        new SaleState(
            (int) fields.number("turns"),
            fields.number("refunded"),
            Hold.parse(fields.requiredText("hold")),
            disputes(fields, fees)),
        (int) fields.number("steps"));
  }

  private static Disputes disputes(Fields fields, Map<String, Long> fees) {
    var whole =
        Disputes.whole(
            fields.flag("frozen"), fields.number("disputed"), fields.number("lost"), fees);
    return new Disputes(
        whole.open(),
        whole.disputed(),
        whole.lost(),
        fees,
        fields.values().get("contested") instanceof Long part ? part : whole.contested(),
        fields.values().get("forfeited") instanceof Long part ? part : whole.forfeited());
  }
}
