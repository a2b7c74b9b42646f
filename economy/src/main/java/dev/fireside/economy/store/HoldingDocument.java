package dev.fireside.economy.store;

import dev.fireside.economy.domain.Asset;
import dev.fireside.economy.domain.CurrencyCode;
import dev.fireside.economy.domain.Holding;
import dev.fireside.economy.domain.ItemId;
import dev.fireside.economy.domain.OperationId;
import dev.fireside.economy.domain.Receipt;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How an inventory is written.
///
/// The head stands among the items: one query reads the whole inventory at one revision, and one
/// listener sees it change.
public final class HoldingDocument {
  /// The name of the document with revision, balances and slots; no item can have it.
  public static final String HEAD = "_head";

  /// The kind of the operation by which somebody receives what another player hands over.
  public static final String TRANSFER_IN = "transfer-in";

  private HoldingDocument() {}

  /// The collection of a player's items and their head.
  public static String inventory(Uid uid) {
    return "users/" + uid + "/inventory";
  }

  /// The head of a player's inventory.
  public static String head(Uid uid) {
    return inventory(uid) + "/" + HEAD;
  }

  /// The collection of the operations on a player's inventory.
  public static String history(Uid uid) {
    return "users/" + uid + "/inventoryHistory";
  }

  static String item(Uid uid, ItemId item) {
    return inventory(uid) + "/" + item;
  }

  static String operation(Uid uid, OperationId operation) {
    return history(uid) + "/" + operation.documentName();
  }

  static Map<CurrencyCode, Long> currencies(Fields head) {
    Fields balances = head.map("currencies");
    var currencies = new LinkedHashMap<CurrencyCode, Long>();
    for (String code : balances.names()) {
      currencies.put(new CurrencyCode(code), balances.number(code));
    }
    return currencies;
  }

  static Map<String, ItemId> slots(Fields document) {
    Fields raw = document.map("slots");
    var slots = new LinkedHashMap<String, ItemId>();
    for (String slot : raw.names()) {
      slots.put(slot, new ItemId(raw.requiredText(slot)));
    }
    return slots;
  }

  static Map<String, Object> headFields(Holding holding) {
    var balances = new HashMap<String, Long>();
    holding
        .amounts()
        .forEach((asset, amount) -> {
          if (asset instanceof CurrencyCode && amount > 0) {
            balances.put(asset.value(), amount);
          }
        });
    return Map.of(
        "revision", holding.revision(),
        "currencies", balances,
        "slots", texts(holding.slots()),
        "updatedAt", holding.now());
  }

  private static Map<String, String> texts(Map<String, ItemId> slots) {
    var texts = new HashMap<String, String>();
    slots.forEach((slot, item) -> texts.put(slot, item.value()));
    return texts;
  }

  static Map<String, Object> historyFields(String fingerprint, Receipt receipt) {
    var entries = new ArrayList<Map<String, Object>>();
    for (Receipt.Entry entry : receipt.entries()) {
      var fields = new HashMap<String, Object>();
      String type =
          switch (entry.asset()) {
            case ItemId _ -> "item";
            case CurrencyCode _ -> "currency";
          };
      fields.put(type, entry.asset().value());
      fields.put("delta", entry.delta());
      fields.put("after", entry.after());
      if (entry.missing() > 0) {
        fields.put("missing", entry.missing());
      }
      entries.add(fields);
    }
    return Map.of(
        "operation", receipt.operation().value(),
        "kind", receipt.kind(),
        "reference", receipt.reference(),
        "fingerprint", fingerprint,
        "revision", receipt.revision(),
        "at", receipt.at(),
        "entries", entries,
        "slots", texts(receipt.slots()));
  }

  /// What changes in an entry of the history when the person that it is about was deleted. The
  /// guard against doing the operation twice is the name of the document, which stays.
  public static Map<String, Object> withoutOther(Document entry) {
    return receipt(entry).kind().equals(TRANSFER_IN)
        // The id of what was received begins with who sent it.
        ? Map.of("reference", "", "operation", TRANSFER_IN)
        : Map.of("reference", "");
  }

  static Holding.Recorded recorded(Document document) {
    return new Holding.Recorded(document.fields().requiredText("fingerprint"), receipt(document));
  }

  static Receipt receipt(Document document) {
    Fields fields = document.fields();
    return new Receipt(
        new OperationId(fields.requiredText("operation")),
        fields.requiredText("kind"),
        fields.requiredText("reference"),
        fields.number("revision"),
        fields.instant("at").orElse(Instant.EPOCH),
        entries(fields),
        slots(fields));
  }

  private static List<Receipt.Entry> entries(Fields fields) {
    return fields.maps("entries").stream().map(HoldingDocument::entry).toList();
  }

  private static Receipt.Entry entry(Fields fields) {
    Asset asset =
        fields
            .text("item")
            .<Asset>map(ItemId::new)
            .orElseGet(() -> new CurrencyCode(fields.requiredText("currency")));
    return new Receipt.Entry(
        asset, fields.number("delta"), fields.number("after"), fields.number("missing"));
  }
}
