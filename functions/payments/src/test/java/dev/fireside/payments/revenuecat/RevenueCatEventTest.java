package dev.fireside.payments.revenuecat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fireside.ledger.domain.Book;
import dev.fireside.payments.Shop;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.purchases.domain.Customer;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.ids.Uid;
import dev.fireside.stripe.Payload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RevenueCatEventTest {
  private static final Uid ANN = new Uid("ann");
  private static final long NOW = 1_768_000_000_000L;
  private static final long DAY = 86_400_000L;
  private static final String ANONYMOUS = "$RCAnonymousID:0123";

  /// The fixture of a purchase with another type and other fields; null leaves one out.
  private static Work read(String type, Map<String, ?> changes) {
    return read("non_renewing_purchase", type, changes);
  }

  private static Work read(String fixture, String type, Map<String, ?> changes) {
    var all = new HashMap<String, Object>(changes);
    all.put("type", type);
    Payload body = Payload.of(Shop.event(fixture, all));
    return new RevenueCatEvent(body.object("event"), NOW, true).work();
  }

  private static <F extends Fact> List<F> facts(Work work, Class<F> kind) {
    return work.facts().values().stream()
        .flatMap(List::stream)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  @Test
  void mergesTheCustomersOfARedemptionThatIsAnAlias() {
    Payload body =
        Payload.of(
            """
            {"id": "r1", "type": "PURCHASE_REDEEMED", "event_timestamp_ms": 1767398403000,
             "redeemed_from": ["$RCAnonymousID:web"],
             "redeemed_by": ["$RCAnonymousID:app", "ann"], "redemption_outcome": "alias"}
            """);
    var event = new RevenueCatEvent(body, NOW, false);
    assertThat(event.work().aliases())
        .isEqualTo(Map.of("$RCAnonymousID:web", ANN, "$RCAnonymousID:app", ANN));
    assertThat(event.person()).isEqualTo(ANN);
    for (String other : List.of("transfer", "redeemer_owns")) {
      Work work =
          new RevenueCatEvent(
                  Payload.of(
                      """
                      {"id": "r1", "type": "PURCHASE_REDEEMED", "redeemed_from": ["$RCAnonymousID:web"],
                       "redeemed_by": ["ann"], "redemption_outcome": "%s"}
                      """
                          .formatted(other)),
                  NOW,
                  false)
              .work();
      assertThat(work).as(other).isEqualTo(Work.NOTHING);
    }
  }

  @Test
  void mergesTheCustomersOfAnAlias() {
    Work work =
        read(
            "SUBSCRIBER_ALIAS",
            Map.of(
                "app_user_id",
                "ann",
                "original_app_user_id",
                ANONYMOUS,
                "aliases",
                List.of("ann", ANONYMOUS)));
    assertThat(work.aliases()).isEqualTo(Map.of(ANONYMOUS, ANN));
    assertThat(work.facts()).isEmpty();
  }

  @Test
  void takesTheNamesThatRevenueCatMakesUp() {
    String product = "rc_promo_DealUp AI Pro é_daily";
    Work work =
        read(
            "NON_RENEWING_PURCHASE",
            Map.of(
                "product_id",
                product,
                "period_type",
                "PROMOTIONAL",
                "entitlement_ids",
                List.of("DealUp AI Pro é", "a/b"),
                "expiration_at_ms",
                NOW));
    assertThat(facts(work, Fact.Sold.class)).extracting(Fact.Sold::product).containsOnly(product);
    assertThat(facts(work, Fact.Named.class))
        .extracting(Fact.Named::entitlements)
        .containsOnly(List.of("DealUp AI Pro é"));
    assertThat(facts(read("NON_RENEWING_PURCHASE", Map.of()), Fact.Named.class)).isEmpty();
    for (String bad : List.of("", "..", "a/b", "a\nb", "__a__", "a".repeat(256), "\uD800")) {
      assertThatThrownBy(() -> read("NON_RENEWING_PURCHASE", Map.of("product_id", bad)))
          .as(bad)
          .isInstanceOf(ProblemException.class);
    }
  }

  @Test
  void givesNoMoreThanADayWhileAPurchaseIsBeingChecked() {
    var changes = new HashMap<String, Object>(Map.of("entitlement_ids", List.of("pro")));
    for (String missing :
        List.of("environment", "product_id", "transaction_id", "purchased_at_ms")) {
      changes.put(missing, null);
    }
    changes.put("event_timestamp_ms", NOW);
    for (Long stated : new Long[] {null, NOW + 2 * DAY}) {
      changes.put("expiration_at_ms", stated);
      Work work = read("TEMPORARY_ENTITLEMENT_GRANT", changes);
      Fact.Extended extended = facts(work, Fact.Extended.class).getFirst();
      Fact.Named named = facts(work, Fact.Named.class).getFirst();
      assertThat(extended.until()).isEqualTo(NOW + DAY);
      assertThat(named.product()).isEqualTo(extended.product());
      assertThat(named.entitlements()).containsExactly("pro");
      assertThat(work.facts().keySet().iterator().next().book()).isEqualTo(Book.LIVE);
    }
    changes.put("expiration_at_ms", NOW + 1);
    assertThat(facts(read("TEMPORARY_ENTITLEMENT_GRANT", changes), Fact.Extended.class))
        .extracting(Fact.Extended::until)
        .containsOnly(NOW + 1);
  }

  @Test
  void namesPurchasesAlsoAfterTheLongestIds() {
    String longest = "$".repeat(255);
    Work work =
        read(
            "TEMPORARY_ENTITLEMENT_GRANT",
            Map.of("app_user_id", longest, "original_app_user_id", longest, "aliases", List.of()));
    assertThat(work.facts()).hasSize(1);
    assertThat(
            read(
                    "virtual_currency_transaction",
                    "VIRTUAL_CURRENCY_TRANSACTION",
                    Map.of("virtual_currency_transaction_id", longest))
                .facts())
        .hasSize(1);
  }

  @Test
  void takesATransferWithoutStoreAndEnvironmentForAllThatIsReal() {
    var changes = new HashMap<String, Object>();
    changes.put("store", null);
    changes.put("environment", null);
    Work.Transfer transfer = read("transfer", "TRANSFER", changes).transfer();
    assertThat(transfer).isNotNull();
    assertThat(transfer.store()).isEqualTo(Customer.Transfer.ANY_STORE);
    assertThat(transfer.book()).isEqualTo(Book.LIVE);
  }

  @Test
  void doubtsNoPriceOfAnOffer() {
    for (Map<String, String> offer :
        List.of(Map.of("period_type", "INTRO"), Map.of("offer_code", "SPRING"))) {
      Work work = read("RENEWAL", offer);
      Fact.Sold sold = facts(work, Fact.Sold.class).getFirst();
      assertThat(sold.price()).isNotNull();
      assertThat(sold.listed(facts(work, Fact.class)).price()).isNull();
    }
    Work plain = read("RENEWAL", Map.of());
    Fact.Sold sold = facts(plain, Fact.Sold.class).getFirst();
    assertThat(sold.listed(facts(plain, Fact.class))).isEqualTo(sold);
  }

  @Test
  void takesAPurchaseWithoutAPrice() {
    var changes = new HashMap<String, Object>();
    changes.put("price", null);
    changes.put("price_in_purchased_currency", null);
    for (String period : List.of("TRIAL", "NORMAL", "PREPAID")) {
      changes.put("period_type", period);
      assertThat(facts(read("INITIAL_PURCHASE", changes), Fact.Sold.class))
          .extracting(Fact.Sold::price)
          .containsOnlyNulls();
    }
  }

  @Test
  void extendsAndPausesSubscriptions() {
    Work extended = read("SUBSCRIPTION_EXTENDED", Map.of("expiration_at_ms", NOW));
    assertThat(facts(extended, Fact.Covered.class))
        .extracting(Fact.Covered::expiresAt)
        .containsOnly(NOW);
    Work paused =
        read("SUBSCRIPTION_PAUSED", Map.of("expiration_at_ms", NOW, "auto_resume_at_ms", NOW + 1));
    assertThat(facts(paused, Fact.Paused.class))
        .extracting(Fact.Paused::resumesAt)
        .containsOnly(NOW + 1);
    assertThat(facts(paused, Fact.Covered.class)).hasSize(1);
    for (Work work : List.of(extended, paused)) {
      assertThat(facts(work, Fact.Sold.class)).isEmpty();
    }
  }

  @Test
  void notesThatACustomerIsAskedToAgreeToAHigherPrice() {
    for (boolean asked : new boolean[] {true, false}) {
      String type = "PRICE_INCREASE_CONSENT_" + (asked ? "REQUIRED" : "APPROVED");
      assertThat(facts(read(type, Map.of()), Fact.Consent.class))
          .extracting(Fact.Consent::asked)
          .containsOnly(asked);
    }
  }

  @Test
  void hearsNothingInTypesWithoutEffect() {
    for (String type : List.of("TEST", "INVOICE_ISSUANCE", "EXPERIMENT_ENROLLMENT", "REFUND")) {
      assertThat(read(type, Map.of())).as(type).isEqualTo(Work.NOTHING);
    }
  }

  @Test
  void refusesAPurchaseWithoutEnvironment() {
    var changes = new HashMap<String, Object>();
    changes.put("environment", null);
    assertThatThrownBy(() -> read("INITIAL_PURCHASE", changes))
        .isInstanceOf(ProblemException.class);
  }
}
