package dev.fireside.payments.settlement;

import dev.fireside.ledger.domain.Money;
import dev.fireside.payments.settlement.domain.Movement;
import dev.fireside.stripe.Payload;
import org.jspecify.annotations.Nullable;

/// Reads Stripe's balance transactions.
final class ReadMovement {
  private ReadMovement() {}

  /// A balance transaction with its source inside, as far as it has one.
  static Movement of(Payload transaction) {
    boolean inside = transaction.has("source") && transaction.usableId("source") == null;
    return of(transaction, inside ? transaction.object("source") : null);
  }

  /// A balance transaction. Throws a 400 problem for one that cannot be.
  ///
  /// @param source what it is about; null where that is not known
  static Movement of(Payload transaction, @Nullable Payload source) {
    String currency = transaction.text("currency");
    Money amount = money(transaction, "amount", transaction.number("amount", 0), currency);
    long fee = money(transaction, "fee", transaction.number("fee", 0), currency).minor();
    String category = transaction.text("reporting_category");
    Money charged = source == null ? null : charged(source, category, amount);
    if (charged == null && transaction.has("exchange_rate")) {
      throw transaction.refuse("source", "must be there where money was exchanged");
    }
    return new Movement(
        transaction.id("id"),
        transaction.seconds("created") * 1_000,
        category,
        amount,
        fee,
        source == null ? transaction.usableId("source") : source.usableId("id"),
        charged);
  }

  private static @Nullable Money charged(Payload source, String category, Money moved) {
    if (!source.has("amount") || !source.has("currency")) {
      return null;
    }
    long amount = source.number("amount", 0);
    if (category.equals("partial_capture_reversal")) {
      amount -= source.number("amount_captured", 0);
    }
    long signed = moved.minor() < 0 ? -amount : amount;
    return money(source, "amount", signed, source.text("currency"));
  }

  private static Money money(Payload from, String name, long amount, String currency) {
    try {
      return Money.ofStripe(amount, currency);
    } catch (IllegalArgumentException e) {
      throw from.refuse(name, "is no amount of its currency");
    }
  }
}
