package dev.fireside.payments.stripe;

import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.purchases.domain.Customer;
import dev.fireside.shared.ids.Uid;
import dev.fireside.stripe.Payload;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One of Stripe's objects, in the words of payments. Reads JSON and not the SDK's classes, which
/// give nothing for events of another API version; both old and new shapes are known here.
final class StripeObject {
  private static final List<String> PAYMENTS = List.of("payment_intent", "charge");

  private final Payload json;
  private final Book book;

  StripeObject(Payload json, Book book) {
    this.json = json;
    this.book = book;
  }

  Payload json() {
    return json;
  }

  String id() {
    return json.id("id");
  }

  /// A purchase at Stripe.
  PurchaseKey key(String name) {
    return new PurchaseKey("stripe", book, name);
  }

  /// An amount of the object, in its currency.
  Money amount(String name) {
    return amount(json, name);
  }

  static Money amount(Payload from, String name) {
    return amount(from, name, from.text("currency"));
  }

  static Money amount(Payload from, String name, String currency) {
    return amount(from, name, from.number(name, 0), currency);
  }

  /// An amount of Stripe's. Throws a 400 problem naming a field of `from` for one that cannot be.
  static Money amount(Payload from, String name, long amount, String currency) {
    try {
      return Money.ofStripe(amount, currency);
    } catch (IllegalArgumentException e) {
      throw from.refuse(name, "is no amount of its currency");
    }
  }

  /// A field of the metadata, wherever it can stand.
  @Nullable String metadata(String name) {
    Payload details = json.object("parent").object("subscription_details");
    List<Payload> lines = json.object("lines").objects("data");
    return Stream.concat(
            Stream.of(json, details, json.object("subscription_details")), lines.stream())
        .map(where -> where.object("metadata").usableId(name))
        .filter(Objects::nonNull)
        .map(String::valueOf)
        .findFirst()
        .orElse(null);
  }

  /// The person, else Stripe's customer under a name that no person can have.
  String holder() {
    String uid = metadata("uid");
    return uid != null && Customer.isPerson(uid) ? uid : "stripe:" + customer();
  }

  /// The person, if one is named.
  @Nullable Uid person() {
    String holder = holder();
    return Customer.isPerson(holder) ? new Uid(holder) : null;
  }

  /// The person that Stripe's customer stands for, if both are named.
  Map<String, Uid> aliases() {
    Uid person = person();
    String customer = json.optionalId("customer");
    return person == null || customer == null ? Map.of() : Map.of("stripe:" + customer, person);
  }

  private String customer() {
    String customer = json.optionalId("customer");
    return customer == null ? "nobody:" + json.optionalId("id") : customer;
  }

  /// The payment that refunds and disputes will name; null where the object does not say.
  @Nullable String payment() {
    String intent = json.optionalId("payment_intent");
    if (intent != null) {
      return intent;
    }
    for (Payload payment : json.object("payments").objects("data")) {
      for (String kind : PAYMENTS) {
        String named = payment.object("payment").optionalId(kind);
        if (named != null) {
          return named;
        }
      }
    }
    return null;
  }
}
