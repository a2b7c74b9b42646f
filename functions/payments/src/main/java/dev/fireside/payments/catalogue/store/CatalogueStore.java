package dev.fireside.payments.catalogue.store;

import dev.fireside.ledger.domain.Asset;
import dev.fireside.ledger.domain.Money;
import dev.fireside.payments.catalogue.domain.Product;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import dev.fireside.shared.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The catalogue: `catalogue/{product}`.
public final class CatalogueStore {
  private static final String COLLECTION = "catalogue";

  private final Documents documents;

  public CatalogueStore(Documents documents) {
    this.documents = documents;
  }

  /// A product by our id or a store's, inside a transaction.
  public Optional<Product> find(Transaction transaction, String name) {
    return transaction
        .get(COLLECTION + "/" + name)
        .or(() -> transaction.list(named(name)).stream().findFirst())
        .map(CatalogueStore::read);
  }

  /// A product by our id.
  public Optional<Product> get(String id) {
    return documents.get(COLLECTION + "/" + id).map(CatalogueStore::read);
  }

  /// A product by our id or a store's.
  public Optional<Product> find(String name) {
    return get(name)
        .or(() -> documents.list(named(name)).stream().findFirst().map(CatalogueStore::read));
  }

  private com.google.cloud.firestore.Query named(String name) {
    return documents.collection(COLLECTION).whereArrayContains("names", name).limit(1);
  }

  /// Products after the given id, in order of id.
  public List<Product> list(String after, int limit) {
    var query =
        documents
            .collection(COLLECTION)
            .orderBy(com.google.cloud.firestore.FieldPath.documentId())
            .limit(limit);
    return documents.list(after.isEmpty() ? query : query.startAfter(after)).stream()
        .map(CatalogueStore::read)
        .toList();
  }

  /// Writes a product.
  public void put(Product product, Instant now) {
    var units = new HashMap<String, Object>();
    product.units().forEach((asset, count) -> units.put(asset.code(), count));
    var band = new HashMap<String, Object>();
    product
        .band()
        .forEach((currency, range) ->
            band.put(currency, Map.of("min", range.min(), "max", range.max())));
    var fields = new HashMap<String, Object>();
    fields.put("id", product.id());
    var names = new ArrayList<>(product.names());
    if (product.stripePrice() != null && !names.contains(product.stripePrice())) {
      // Invoices name the product by its price.
      names.add(product.stripePrice());
    }
    fields.put("names", names);
    fields.put("entitlements", product.entitlements());
    fields.put("units", units);
    fields.put("band", band);
    fields.put("subscription", product.subscription());
    fields.put("updatedAt", now);
    if (product.price() != null) {
      fields.put(
          "price",
          Map.of("amount", product.price().minor(), "currency", product.price().currency()));
    }
    if (product.stripePrice() != null) {
      fields.put("stripePrice", product.stripePrice());
    }
    documents.set(COLLECTION + "/" + product.id(), fields);
  }

  /// A product from its document.
  public static Product read(Document document) {
    Fields fields = document.fields();
    var units = new HashMap<Asset, Long>();
    Fields kept = fields.map("units");
    kept.names().forEach(code -> units.put(new Asset(code), kept.number(code)));
    var band = new HashMap<String, Product.Band>();
    Fields price = fields.map("price");
    Fields ranges = fields.map("band");
    ranges
        .names()
        .forEach(currency ->
            band.put(
                currency,
                new Product.Band(
                    ranges.map(currency).number("min"), ranges.map(currency).number("max"))));
    return new Product(
        document.id(),
        fields.texts("names"),
        fields.texts("entitlements"),
        units,
        band,
        price
            .text("currency")
            .map(currency -> new Money(price.number("amount"), currency))
            .orElse(null),
        fields.text("stripePrice").orElse(null),
        fields.flag("subscription"));
  }
}
