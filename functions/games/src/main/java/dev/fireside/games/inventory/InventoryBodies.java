package dev.fireside.games.inventory;

import dev.fireside.economy.domain.Asset;
import dev.fireside.economy.domain.Bundle;
import dev.fireside.economy.domain.CatalogueStatus;
import dev.fireside.economy.domain.Currency;
import dev.fireside.economy.domain.CurrencyCode;
import dev.fireside.economy.domain.Item;
import dev.fireside.economy.domain.ItemId;
import dev.fireside.games.inventory.TransferAsset.Transfer;
import dev.fireside.shared.http.Input;
import dev.fireside.shared.ids.Uid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the bodies of requests about inventories; bundles also for others.
public final class InventoryBodies {
  static final int TITLE_MAX = 100;
  private static final int REASON_MAX = 200;
  private static final Pattern SLOT = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");
  private static final Pattern KIND = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");
  private static final String WORD_RULE =
      "must be 1 to 32 lower-case letters, digits, - or _, and start with a letter or digit";
  private static final ItemId NO_ITEM = new ItemId("none");
  private static final CurrencyCode NO_CURRENCY = new CurrencyCode("none");

  private InventoryBodies() {}

  /// What is to be used up or spent.
  record Use(Asset asset, long amount, @Nullable Long ifRevision) {}

  /// An item to be put on or taken off.
  record Wear(ItemId item, @Nullable Long ifRevision) {}

  /// What an admin gives somebody, or takes back.
  record Gift(Uid uid, Bundle bundle, String reason, @Nullable Long ifRevision) {}

  /// Either an item and how many, or a currency and how much.
  static Use use(Input in) {
    if (in.isAbsent("currency")) {
      return new Use(item(in), in.number("count", 1, Asset.AMOUNT_MAX), ifRevision(in));
    }
    if (!in.isAbsent("item")) {
      in.reject("item", "stands beside currency: name one of them");
    }
    return new Use(
        currency(in, "currency"), in.number("amount", 1, Asset.AMOUNT_MAX), ifRevision(in));
  }

  static Wear wear(Input in) {
    return new Wear(item(in), ifRevision(in));
  }

  static Transfer transfer(Input in) {
    Uid to = in.uid("to");
    Use use = use(in);
    return new Transfer(to, use.asset(), use.amount(), use.ifRevision());
  }

  static Gift gift(Input in) {
    Bundle bundle = bundle(in);
    if (bundle.isEmpty()) {
      in.reject("items", "is missing or empty, and so is currencies");
    }
    return new Gift(in.uid("uid"), bundle, in.text("reason", 1, REASON_MAX), ifRevision(in));
  }

  /// The fields `items` and `currencies` of an object.
  public static Bundle bundle(Input in) {
    List<Map.Entry<ItemId, Long>> items =
        in.objects(
            "items",
            Bundle.ASSETS_MAX / 2,
            entry -> Map.entry(item(entry), entry.number("count", 1, Asset.AMOUNT_MAX)));
    List<Map.Entry<CurrencyCode, Long>> currencies =
        in.objects(
            "currencies",
            Bundle.ASSETS_MAX / 2,
            entry ->
                Map.entry(currency(entry, "code"), entry.number("amount", 1, Asset.AMOUNT_MAX)));
    return new Bundle(distinct(in, "items", items), distinct(in, "currencies", currencies));
  }

  private static <A extends Asset> Map<A, Long> distinct(
      Input in, String field, List<Map.Entry<A, Long>> entries) {
    var amounts = new LinkedHashMap<A, Long>();
    for (var entry : entries) {
      if (amounts.putIfAbsent(entry.getKey(), entry.getValue()) != null) {
        in.reject(field, "names " + entry.getKey().value() + " twice");
      }
    }
    return amounts;
  }

  static Item entry(ItemId id, Input in) {
    return new Item(
        id,
        in.text("title", 1, TITLE_MAX),
        in.text("kind", KIND, WORD_RULE),
        in.number("stackMax", Asset.AMOUNT_MAX, 1, Asset.AMOUNT_MAX),
        in.flag("consumable", false),
        in.optionalText("equipSlot", SLOT, WORD_RULE),
        in.flag("transferable", false),
        in.flag("hot", false),
        in.oneOf("status", CatalogueStatus.ACTIVE));
  }

  static Currency entry(CurrencyCode code, Input in) {
    return new Currency(
        code,
        in.text("title", 1, TITLE_MAX),
        in.number("max", Asset.AMOUNT_MAX, 1, Asset.AMOUNT_MAX),
        in.flag("transferable", false),
        in.oneOf("status", CatalogueStatus.ACTIVE));
  }

  private static ItemId item(Input in) {
    String id = in.text("item", 1, 64);
    if (!id.isEmpty() && !ItemId.isValid(id)) {
      in.reject("item", "cannot be the id of an item");
    }
    return ItemId.isValid(id) ? new ItemId(id) : NO_ITEM;
  }

  private static CurrencyCode currency(Input in, String field) {
    String code = in.text(field, 1, 32);
    if (!code.isEmpty() && !CurrencyCode.isValid(code)) {
      in.reject(field, "cannot be the code of a currency");
    }
    return CurrencyCode.isValid(code) ? new CurrencyCode(code) : NO_CURRENCY;
  }

  private static @Nullable Long ifRevision(Input in) {
    return in.isAbsent("ifRevision") ? null : in.number("ifRevision", 0, Asset.AMOUNT_MAX);
  }
}
