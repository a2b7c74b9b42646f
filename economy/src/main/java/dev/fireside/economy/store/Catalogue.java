package dev.fireside.economy.store;

import com.google.cloud.firestore.Query;
import dev.fireside.economy.domain.Asset;
import dev.fireside.economy.domain.CatalogueStatus;
import dev.fireside.economy.domain.Currency;
import dev.fireside.economy.domain.CurrencyCode;
import dev.fireside.economy.domain.Item;
import dev.fireside.economy.domain.ItemId;
import dev.fireside.economy.domain.Listed;
import dev.fireside.shared.Platform;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What there is to own: `items/{item}` and `currencies/{code}`.
///
/// An entry is never removed, only retired: somebody may hold it, or have it coming.
public final class Catalogue {
  /// Entries of each kind, at most: lists of it are answered whole.
  public static final int ENTRIES_MAX = 2_000;

  private final Documents documents;

  public Catalogue(Platform platform) {
    this.documents = platform.documents();
  }

  /// What a list of the catalogue has.
  ///
  /// @param readTime everything written up to then is in it, by Firestore's own clock
  public record Listing(List<Item> items, List<Currency> currencies, Instant readTime) {
    public Listing {
      items = List.copyOf(items);
      currencies = List.copyOf(currencies);
    }
  }

  static String path(Asset asset) {
    return switch (asset) {
      case ItemId item -> "items/" + item;
      case CurrencyCode code -> "currencies/" + code;
    };
  }

  static Listed parse(Asset asset, Document document) {
    return switch (asset) {
      case ItemId item -> item(item, document.fields());
      case CurrencyCode code -> currency(code, document.fields());
    };
  }

  private static Item item(ItemId id, Fields fields) {
    return new Item(
        id,
        fields.text("title").orElse(""),
        fields.text("kind").orElse(""),
        max(fields.number("stackMax")),
        fields.flag("consumable"),
        fields.text("equipSlot").orElse(null),
        fields.flag("transferable"),
        fields.flag("hot"),
        fields.oneOf("status", CatalogueStatus.ACTIVE));
  }

  private static Currency currency(CurrencyCode code, Fields fields) {
    return new Currency(
        code,
        fields.text("title").orElse(""),
        max(fields.number("max")),
        fields.flag("transferable"),
        fields.oneOf("status", CatalogueStatus.ACTIVE));
  }

  private static long max(long written) {
    return written < 1 || written > Asset.AMOUNT_MAX ? Asset.AMOUNT_MAX : written;
  }

  /// One entry.
  public Optional<Listed> find(Asset asset) {
    return documents.get(path(asset)).map(found -> parse(asset, found));
  }

  /// Those of the assets that are not in the catalogue, for settings that name some.
  public Set<Asset> missing(Collection<? extends Asset> assets) {
    Map<String, Document> found =
        documents.getAll(assets.stream().map(Catalogue::path).distinct().toList());
    var missing = new LinkedHashSet<Asset>();
    assets.stream().filter(asset -> !found.containsKey(path(asset))).forEach(missing::add);
    return missing;
  }

  /// Writes an entry.
  ///
  /// @return when it was written
  public Instant put(Listed entry) {
    return documents.set(path(entry.asset()), fields(entry));
  }

  /// Adds those currencies that are not there yet, without a title or limit of their own: for a
  /// provider who counts currencies itself. What exists stays as it is.
  public void introduce(Collection<CurrencyCode> codes) {
    for (Asset asset : missing(codes)) {
      var code = (CurrencyCode) asset;
      var currency =
          new Currency(code, code.value(), Asset.AMOUNT_MAX, false, CatalogueStatus.ACTIVE);
      documents.create(path(code), fields(currency));
    }
  }

  /// Retires an entry.
  ///
  /// @return when it was written; empty when there is none
  public Optional<Instant> retire(Asset asset) {
    return documents.update(path(asset), Map.of("status", WireNames.of(CatalogueStatus.RETIRED)));
  }

  /// Whether another entry of this kind fits.
  public boolean hasRoom(Asset asset) {
    String collection = asset instanceof ItemId ? "items" : "currencies";
    return documents.count(documents.collection(collection)).count() < ENTRIES_MAX;
  }

  /// Everything, retired entries too, in the order of ids.
  public Listing list() {
    return documents.transact(transaction -> {
      var items = new ArrayList<Item>();
      for (Document document : transaction.list(all("items"))) {
        items.add(item(new ItemId(document.id()), document.fields()));
      }
      // Nothing written before the first of the two queries is missing.
      Instant readTime = transaction.readTime();
      var currencies = new ArrayList<Currency>();
      for (Document document : transaction.list(all("currencies"))) {
        currencies.add(currency(new CurrencyCode(document.id()), document.fields()));
      }
      return new Listing(items, currencies, readTime);
    });
  }

  private Query all(String collection) {
    return documents.collection(collection).limit(ENTRIES_MAX);
  }

  private static Map<String, Object> fields(Listed entry) {
    var fields = new HashMap<String, Object>();
    switch (entry) {
      case Item item -> {
        fields.put("title", item.title());
        fields.put("kind", item.kind());
        fields.put("stackMax", item.stackMax());
        fields.put("consumable", item.consumable());
        if (item.equipSlot() != null) {
          fields.put("equipSlot", item.equipSlot());
        }
        fields.put("hot", item.hot());
      }
      case Currency currency -> {
        fields.put("title", currency.title());
        fields.put("max", currency.max());
      }
    }
    fields.put("transferable", entry.transferable());
    fields.put("status", WireNames.of(entry.status()));
    return fields;
  }
}
