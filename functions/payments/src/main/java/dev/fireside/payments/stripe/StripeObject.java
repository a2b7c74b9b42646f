package dev.fireside.payments.stripe;

import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.purchases.domain.Customer;
import dev.fireside.shared.ids.Uid;
import dev.fireside.stripe.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One of Stripe's objects, in the words of payments. Reads JSON and not the SDK's classes, which
/// give nothing for events of another API version; both old and new shapes are known here.
final class StripeObject {
  private static final Logger log = LoggerFactory.getLogger(StripeObject.class);

  /// The product of what names none.
  static final String UNKNOWN = "unknown";

  private static final List<String> PAYMENTS = List.of("payment_intent", "charge");
  private static final int PAGES_MAX = 100;
  private static final long WHOLE_MAX = 100 * Money.MINOR_MAX;

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

  /// An amount as Stripe counts it, 0 where it is absent: a part of a sum, whose currency says what
  /// it is worth. Throws a 400 problem for one past all prices.
  static long whole(Payload from, String name) {
    long amount = from.number(name, 0);
    if (Math.abs(amount) > WHOLE_MAX || amount == Long.MIN_VALUE) {
      throw from.refuse(name, "is out of range");
    }
    return amount;
  }

  /// A time in milliseconds from one in seconds; null where it is absent.
  static @Nullable Long time(Payload json, String name) {
    return json.has(name) ? Long.valueOf(json.seconds(name) * 1_000) : null;
  }

  /// All of a list. An object holds a few; where there are more, and a key to ask with, they are
  /// read.
  ///
  /// @param path where the list is at Stripe
  static List<Payload> all(Payload list, String path, StripeReader reader) {
    if (!list.flag("has_more")) {
      return list.objects("data");
    }
    var all = new ArrayList<Payload>();
    String query = path + (path.contains("?") ? "&" : "?") + "limit=100";
    String after = "";
    for (int i = 0; i < PAGES_MAX; i++) {
      Optional<Payload> page = reader.read(query + after);
      List<Payload> found = page.map(json -> json.objects("data")).orElse(List.of());
      all.addAll(found);
      if (found.isEmpty() || !page.get().flag("has_more")) {
        break;
      }
      after = "&starting_after=" + found.getLast().id("id");
    }
    if (all.isEmpty()) {
      log.error("ALERT nobody knows all of {}: only its first part takes effect", path);
      return list.objects("data");
    }
    return all;
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

  /// The person, else Stripe's customer under a name that no person can have. Whoever opens a
  /// payment link can name the person by `client_reference_id` only.
  String holder() {
    String named = metadata("uid");
    String uid = named == null ? json.usableId("client_reference_id") : named;
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
