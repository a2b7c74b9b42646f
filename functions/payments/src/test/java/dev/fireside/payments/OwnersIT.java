package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Who holds a purchase, and who the people are.
class OwnersIT {
  private static final String GEMS = "coin:GEM";
  private static final long MONTH_1 = 1769904000000L;
  private static final long START = 1767398410000L;

  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().with(Shop.SETTINGS);

  private final Shop shop = new Shop(fireside);
  private final Desk desk = new Desk(fireside);

  @BeforeEach
  void open() {
    fireside.resetData();
    shop.fillCatalogue();
  }

  @AfterEach
  void booksAreInOrder() {
    fireside.settle();
    assertThat(shop.proof().faults()).isEmpty();
  }

  private static String transfer(String id, long second, String from, String to) {
    return Shop.event(
        "transfer",
        Map.of(
            "id",
            id,
            "event_timestamp_ms",
            START + second * 1_000,
            "transferred_from",
            List.of(from),
            "transferred_to",
            List.of(to)));
  }

  @Test
  void hasExactlyOneOwnerAfterChainedTransfersInAnyOrder() {
    List<String> transfers =
        List.of(
            transfer("t1", 1, Shop.ALICE, Shop.BOB),
            transfer("t2", 2, Shop.BOB, "carol"),
            transfer("t3", 3, "carol", Shop.ALICE),
            transfer("t4", 4, Shop.ALICE, "dan"));
    Random random = new Random(7);
    for (int round = 0; round < 6; round++) {
      var bodies = new ArrayList<>(transfers);
      bodies.add(Shop.event("initial_purchase", Map.of()));
      bodies.add(transfers.get(random.nextInt(4)));
      Collections.shuffle(bodies, random);
      fireside.resetData();
      shop.fillCatalogue();
      bodies.forEach(body -> assertThat(shop.revenueCat(body).status()).isEqualTo(200));
      assertThat(shop.accessUntil("dan", "pro")).isEqualTo(MONTH_1);
      for (String other : List.of(Shop.ALICE, Shop.BOB, "carol")) {
        assertThat(shop.accessUntil(other, "pro")).isZero();
      }
      assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(100);
    }
  }

  /// Transfers at random among four people, in any order and with repeats, beside events that name
  /// whoever held it then: the last in time holds it alone.
  @Test
  void hasExactlyOneOwnerAfterAnyTransfers() {
    List<String> people = List.of(Shop.ALICE, Shop.BOB, "carol", "dan");
    for (int seed = 0; seed < 6; seed++) {
      Random random = new Random(seed);
      String owner = Shop.ALICE;
      var bodies = new ArrayList<String>();
      bodies.add(Shop.event("initial_purchase", Map.of()));
      for (int second = 1; second <= 7; second++) {
        String to = people.get(random.nextInt(people.size()));
        if (random.nextInt(4) == 0) {
          bodies.add(seen(owner, second));
        } else if (!to.equals(owner)) {
          bodies.add(transfer("t" + second, second, owner, to));
          owner = to;
        }
      }
      bodies.add(bodies.get(random.nextInt(bodies.size())));
      Collections.shuffle(bodies, random);
      fireside.resetData();
      shop.fillCatalogue();
      bodies.forEach(body -> assertThat(shop.revenueCat(body).status()).isEqualTo(200));
      for (String person : people) {
        assertThat(shop.accessUntil(person, "pro") > 0)
            .as("seed %s: %s, and it is %s's", seed, person, owner)
            .isEqualTo(person.equals(owner));
      }
      assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(100);
    }
  }

  private static String seen(String owner, long second) {
    return Shop.event(
        "uncancellation",
        Map.of(
            "id",
            "seen-" + second,
            "app_user_id",
            owner,
            "original_app_user_id",
            owner,
            "aliases",
            List.of(owner),
            "event_timestamp_ms",
            START + second * 1_000));
  }

  /// The same whether the id that it went away from is known to be the giver's before, or later.
  @Test
  void followsATransferFromAnIdThatIsKnownLater() {
    for (int order = 0; order < 6; order++) {
      String giver = "giver" + order;
      String taker = "taker" + order;
      String anonymous = "$RCAnonymousID:" + order;
      var bought = new HashMap<String, Object>();
      bought.put("id", "bought" + order);
      bought.put("original_transaction_id", "t" + order);
      bought.put("transaction_id", "t" + order);
      bought.put("app_user_id", giver);
      bought.put("original_app_user_id", giver);
      bought.put("aliases", List.of(giver));
      var alias = new HashMap<String, Object>(bought);
      alias.put("id", "alias" + order);
      alias.put("type", "SUBSCRIBER_ALIAS");
      alias.put("aliases", List.of(anonymous, giver));
      var moved = new HashMap<String, Object>();
      moved.put("id", "moved" + order);
      moved.put("store", null);
      moved.put("environment", null);
      moved.put("event_timestamp_ms", START + 1_000);
      moved.put("transferred_from", List.of(anonymous));
      moved.put("transferred_to", List.of(taker));
      List<String> bodies =
          List.of(
              Shop.event("initial_purchase", bought),
              Shop.event("initial_purchase", alias),
              Shop.event("transfer", moved));
      for (int i = 0; i < 3; i++) {
        String body = bodies.get((order + i * (1 + order / 3)) % 3);
        assertThat(shop.revenueCat(body).status()).isEqualTo(200);
      }
      assertThat(shop.accessUntil(taker, "pro")).as("order %s", order).isEqualTo(MONTH_1);
      assertThat(shop.accessUntil(giver, "pro")).isZero();
      assertThat(shop.units(giver, GEMS)).isEqualTo(100);
    }
  }

  @Test
  void transfersOnceHoweverOftenItIsToldAtOnce() throws Exception {
    shop.deliver("initial_purchase");
    var calls = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 50; i++) {
      String body = transfer("t" + i / 10, 1 + i / 10, Shop.ALICE, Shop.BOB);
      calls.add(() -> shop.revenueCat(body).status());
    }
    try (var threads = Executors.newFixedThreadPool(50)) {
      for (Future<Integer> answer : threads.invokeAll(calls)) {
        assertThat(answer.get()).isEqualTo(200);
      }
    }
    assertThat(shop.accessUntil(Shop.BOB, "pro")).isEqualTo(MONTH_1);
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isZero();
    // One for what was bought, and one for each transfer.
    assertThat(shop.journals()).isEqualTo(1 + 5);
  }

  @Test
  void grantsWhatWasBoughtInTheWebToWhomRedeemsIt() {
    String anonymous = "$RCAnonymousID:web";
    shop.deliver(
        "non_renewing_purchase",
        Map.of(
            "app_user_id", anonymous,
            "original_app_user_id", anonymous,
            "aliases", List.of(anonymous)));
    String redeemed =
        """
        {"event": {"id": "redeemed", "type": "PURCHASE_REDEEMED", "redeemed_from": ["%s"],
          "redeemed_by": ["%s"], "redemption_outcome": "alias"}}
        """
            .formatted(anonymous, Shop.ALICE);
    assertThat(shop.revenueCat(redeemed).status()).isEqualTo(200);
    fireside.settle();
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(2100);
  }

  @Test
  void findsThePersonBehindAnAnonymousCustomerLater() {
    String anonymous = "$RCAnonymousID:0123";
    shop.deliver(
        "non_renewing_purchase",
        Map.of(
            "app_user_id", anonymous,
            "original_app_user_id", anonymous,
            "aliases", List.of(anonymous)));
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    shop.deliver(
        "initial_purchase",
        Map.of("original_app_user_id", anonymous, "aliases", List.of(anonymous)));
    fireside.settle();
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(2200);
  }

  @Test
  void keepsASharedReceiptWithItsFirstOwnerAndAsksForReview() {
    shop.deliver("non_renewing_purchase");
    shop.deliver(
        "non_renewing_purchase",
        Map.of(
            "id",
            "stolen",
            "app_user_id",
            Shop.BOB,
            "original_app_user_id",
            Shop.BOB,
            "aliases",
            List.of()));
    assertThat(shop.units(Shop.BOB, GEMS)).isZero();
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(2100);
    var documents = fireside.platform().documents();
    assertThat(documents.list(documents.collection("reviews")))
        .extracting(review -> review.fields().requiredText("reason"))
        .containsExactly("receipt_sharing");
  }

  @Test
  void keepsTheAccessOfASharedReceiptWithItsFirstOwner() {
    shop.deliver("initial_purchase");
    shop.deliver(
        "initial_purchase",
        Map.of(
            "id",
            "stolen",
            "app_user_id",
            Shop.BOB,
            "original_app_user_id",
            Shop.BOB,
            "aliases",
            List.of(),
            "event_timestamp_ms",
            START + 60_000));
    assertThat(shop.accessUntil(Shop.BOB, "pro")).isZero();
    assertThat(shop.accessUntil(Shop.ALICE, "pro")).isEqualTo(MONTH_1);
    // A transfer moves it.
    assertThat(shop.revenueCat(transfer("t1", 90, Shop.ALICE, Shop.BOB)).status()).isEqualTo(200);
    assertThat(shop.accessUntil(Shop.BOB, "pro")).isEqualTo(MONTH_1);
  }

  @Test
  void looksAtSubscriptionsThatWanderAround() {
    shop.deliver("initial_purchase");
    move(1, Shop.ALICE, "$RCAnonymousID:new-phone");
    alias("$RCAnonymousID:new-phone", Shop.ALICE);
    move(3, Shop.ALICE, Shop.BOB);
    assertThat(desk.cases("open")).isEmpty();
    move(4, Shop.BOB, "carol");
    JsonNode doubt = desk.onlyCase();
    assertThat(doubt.path("reason").asText()).isEqualTo("transfer_chain");
    assertThat(doubt.path("evidence").path("transfer_chain").asText()).isEqualTo("3 holders");
    assertThat(shop.accessUntil("carol", "pro")).isPositive();
    // Who has it does not decide about it.
    assertThat(desk.claim("carol", doubt).status()).isEqualTo(403);
    desk.claim("mia", doubt);
    assertThat(desk.decide("mia", doubt, "deny").status()).isEqualTo(200);
    assertThat(shop.accessUntil("carol", "pro")).isZero();
  }

  private void move(int second, String from, String to) {
    assertThat(shop.revenueCat(transfer("move" + second, second, from, to)).status())
        .isEqualTo(200);
  }

  private void alias(String id, String uid) {
    shop.deliver(
        "uncancellation",
        Map.of(
            "id",
            "alias-" + id.length(),
            "app_user_id",
            uid,
            "original_app_user_id",
            id,
            "aliases",
            List.of(id, uid),
            "event_timestamp_ms",
            1_767_398_412_000L));
  }
}
