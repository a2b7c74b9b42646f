package dev.fireside.payments.purchases;

import dev.fireside.ledger.domain.Asset;
import dev.fireside.ledger.domain.Book;
import dev.fireside.payments.purchases.store.HoldingStore;
import dev.fireside.shared.http.Sheet;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Fields;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A person's receipts.
final class ReadPurchases {
  private final HoldingStore holdings;

  /// What was bought in one transaction, and what is left of it.
  ///
  /// @param amount price in minor units; null where it was free
  /// @param refunded how much of it went back
  record Receipt(
      String id,
      String product,
      String store,
      String status,
      @Nullable Long amount,
      @Nullable String currency,
      @Nullable Long refunded,
      List<Units> units,
      @Nullable Instant purchasedAt,
      @Nullable Instant expiresAt) {}

  /// How many of an item or virtual currency.
  record Units(String kind, String id, long quantity) {
    String text() {
      return kind + ":" + id + "=" + quantity;
    }
  }

  /// Receipts as CSV.
  static final Sheet<Receipt> SHEET =
      Sheet.<Receipt>named("purchases")
          .column("id", Receipt::id)
          .column("product", Receipt::product)
          .column("store", Receipt::store)
          .column("status", Receipt::status)
          .column("amount", Receipt::amount)
          .column("currency", Receipt::currency)
          .column("refunded", Receipt::refunded)
          .column("units", receipt -> receipt.units().stream().map(Units::text).toList())
          .column("purchasedAt", Receipt::purchasedAt)
          .column("expiresAt", Receipt::expiresAt)
          .sheet();

  ReadPurchases(HoldingStore holdings) {
    this.holdings = holdings;
  }

  /// One page, newest first.
  List<Receipt> read(Uid uid, Book book, @Nullable String after, int limit) {
    return holdings.receipts(uid, book, after, limit).stream().map(ReadPurchases::receipt).toList();
  }

  private static Receipt receipt(Document document) {
    Fields fields = document.fields();
    Fields units = fields.map("units");
    boolean paid = fields.text("currency").isPresent();
    return new Receipt(
        document.id(),
        fields.text("product").orElse(""),
        fields.text("store").orElse(""),
        fields.text("status").orElse(""),
        paid ? fields.number("amount") : null,
        fields.text("currency").orElse(null),
        paid ? fields.number("refunded") : null,
        units.names().stream()
            .sorted()
            .map(code -> {
              var asset = new Asset(code);
              return new Units(
                  asset.isCoin() ? "currency" : "item", asset.unitId(), units.number(code));
            })
            .toList(),
        fields.instant("purchasedAt").orElse(null),
        // Those of Stripe's periods were written as 0 before.
        fields.instant("expiresAt").filter(Instant.EPOCH::isBefore).orElse(null));
  }
}
