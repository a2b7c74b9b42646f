package dev.fireside.payments.catalogue;

import dev.fireside.economy.domain.CurrencyCode;
import dev.fireside.economy.domain.ItemId;
import dev.fireside.economy.store.Catalogue;
import dev.fireside.ledger.domain.Asset;
import dev.fireside.ledger.domain.Money;
import dev.fireside.payments.catalogue.domain.Product;
import dev.fireside.payments.catalogue.store.CatalogueStore;
import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.Input;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.ids.DocumentNames;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The catalogue as admins see and edit it.
final class EditCatalogue {
  private static final int ASSETS_MAX = 10;
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final long UNITS_MAX = 1_000_000_000;

  private final CatalogueStore catalogue;
  private final Catalogue assets;
  private final Clock clock;

  /// Units a product gives.
  record Units(String id, long quantity) {}

  /// What our own checkout asks for, in minor units.
  record Amount(String currency, long amount) {}

  /// The range its price should be in.
  record Price(String currency, long min, long max) {}

  /// A product as it is shown and sent.
  record ProductView(
      String id,
      List<String> names,
      List<String> entitlements,
      List<Units> items,
      List<Units> currencies,
      List<Price> prices,
      @Nullable Amount price,
      @Nullable String stripePrice,
      boolean subscription) {}

  EditCatalogue(CatalogueStore catalogue, Catalogue assets, Clock clock) {
    this.catalogue = catalogue;
    this.assets = assets;
    this.clock = clock;
  }

  /// Writes a product; purchases that wait for it are settled by the event of this write.
  ProductView edit(Product product) {
    List<dev.fireside.economy.domain.Asset> named =
        product.units().keySet().stream().map(EditCatalogue::owned).toList();
    List<FieldError> errors =
        assets.missing(named).stream()
            .map(missing ->
                new FieldError(
                    missing instanceof ItemId ? "items" : "currencies",
                    missing.value() + " is not in the catalogue of items and currencies"))
            .toList();
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(ProblemType.INVALID_INPUT, errors);
    }
    catalogue.put(product, clock.instant());
    return view(product);
  }

  private static dev.fireside.economy.domain.Asset owned(Asset asset) {
    return asset.isCoin() ? new CurrencyCode(asset.unitId()) : new ItemId(asset.unitId());
  }

  /// A product. Throws a 404 problem without.
  ProductView get(String id) {
    return catalogue
        .get(id)
        .map(EditCatalogue::view)
        .orElseThrow(() -> ProblemException.notFound("product"));
  }

  /// One page of products, by id.
  List<ProductView> list(@Nullable String after, int limit) {
    return catalogue.list(after == null ? "" : after, limit).stream()
        .map(EditCatalogue::view)
        .toList();
  }

  /// The id of a product in a path. Throws a 400 problem for one that cannot be.
  static String id(String text) {
    if (!Product.ID.matcher(text).matches()) {
      throw ProblemException.invalid(
          ProblemType.INVALID_INPUT, List.of(new FieldError("id", Product.ID_RULE)));
    }
    return text;
  }

  /// Reads a product from a body.
  static Product read(String id, Input input) {
    List<String> names = input.texts("names", 50, 1, 255);
    if (!names.stream().allMatch(DocumentNames::isName)) {
      input.reject("names", "must be ids without slashes and control characters");
    }
    Map<Asset, Long> units = new HashMap<>();
    input.objects("items", ASSETS_MAX, item -> unit(units, item, "id", "quantity", false));
    input.objects("currencies", ASSETS_MAX, coin -> unit(units, coin, "code", "amount", true));
    Map<String, Product.Band> band = new HashMap<>();
    input.objects("prices", 200, price -> band(band, price));
    return new Product(
        id,
        names,
        input.texts("entitlements", 20, 1, 64),
        units,
        band,
        input.optionalObject("price", EditCatalogue::money),
        input.optionalText("stripePrice", 1, 255),
        input.flag("subscription", false));
  }

  private static boolean unit(
      Map<Asset, Long> units, Input input, String id, String count, boolean coin) {
    String name = input.text(id, 1, 64);
    if (!name.isEmpty() && !(coin ? CurrencyCode.isValid(name) : ItemId.isValid(name))) {
      input.reject(id, "must be the id of an item or the code of a currency");
      return false;
    }
    long quantity = input.number(count, 1, UNITS_MAX);
    if (!name.isEmpty() && units.put(Asset.unit(coin, name), quantity) != null) {
      input.reject(id, "is there twice");
    }
    return true;
  }

  private static Money money(Input input) {
    String currency = input.text("currency", CURRENCY, "must be an ISO 4217 code");
    long amount = input.number("amount", 1, Money.MINOR_MAX);
    try {
      var money = new Money(amount, currency);
      long step = Money.stripeStep(currency);
      if (amount % step != 0) {
        input.reject("amount", "must be a multiple of " + step + ", as Stripe counts " + currency);
      }
      return money;
    } catch (IllegalArgumentException e) {
      input.reject("currency", "must be an ISO 4217 code");
      return new Money(amount, "USD");
    }
  }

  private static boolean band(Map<String, Product.Band> band, Input input) {
    String currency = input.text("currency", CURRENCY, "must be an ISO 4217 code");
    long min = input.number("min", 0, Money.MINOR_MAX);
    long max = input.number("max", min, Money.MINOR_MAX);
    try {
      Money.exponentOf(currency);
      band.put(currency, new Product.Band(min, max));
    } catch (IllegalArgumentException e) {
      input.reject("currency", "must be an ISO 4217 code");
    }
    return true;
  }

  private static ProductView view(Product product) {
    return new ProductView(
        product.id(),
        product.names(),
        product.entitlements(),
        units(product, false),
        units(product, true),
        product.band().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(band -> new Price(band.getKey(), band.getValue().min(), band.getValue().max()))
            .toList(),
        product.price() == null
            ? null
            : new Amount(product.price().currency(), product.price().minor()),
        product.stripePrice(),
        product.subscription());
  }

  private static List<Units> units(Product product, boolean coins) {
    return product.units().entrySet().stream()
        .filter(entry -> entry.getKey().isCoin() == coins)
        .map(entry -> new Units(entry.getKey().unitId(), entry.getValue()))
        .toList();
  }
}
