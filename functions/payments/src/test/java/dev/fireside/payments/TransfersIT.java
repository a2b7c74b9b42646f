package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.stripe.StripeStandIn;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TransfersIT {
  private static final String NEW_KEY = "sk_test_that_comes_next";
  private static final StripeStandIn STRIPE = new StripeStandIn();

  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Shop.settings(STRIPE, NEW_KEY + ",sk_test_of_the_tests"));

  private final Shop shop = new Shop(fireside);
  private final Creators creators = new Creators(fireside, STRIPE);

  @BeforeEach
  void begin() {
    fireside.resetData();
    STRIPE.reset();
  }

  @AfterEach
  void booksAreInOrder() {
    fireside.settle();
    assertThat(shop.proof().faults()).isEmpty();
    assertThat(shop.balance("stripe_transfer_clearing", "EUR")).isZero();
  }

  @AfterAll
  static void end() {
    STRIPE.close();
  }

  @Test
  void transfersWhatIsOwedOnceTheHoldIsOver() {
    creators.earn("ann", 10_000);
    creators.account("ann", "acct_ann", Map.of());
    creators.fire();
    assertThat(creators.transfers()).isEmpty();
    creators.pass(Duration.ofDays(14));
    creators.fire();
    creators.fire();
    assertThat(creators.transfers()).hasSize(1);
    assertThat(creators.transfers().getFirst().path("amount").asLong()).isEqualTo(9_000);
    assertThat(creators.transfers().getFirst().path("destination").asText()).isEqualTo("acct_ann");
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("paid");
    assertThat(shop.balance("creator_hold:ann", "EUR")).isEqualTo(-1_000);
    assertThat(shop.balance("creator_payable:ann", "EUR")).isZero();
    assertThat(shop.balance("store_receivable:stripe", "EUR")).isEqualTo(-9_000);
    // The reserve, three months later.
    creators.pass(Duration.ofDays(80));
    creators.fire();
    assertThat(creators.transfers()).hasSize(2);
    assertThat(shop.balance("creator_hold:ann", "EUR")).isZero();
  }

  @Test
  void transfersOnceWhenItDiesAfterStripeAccepted() {
    creators.due("ann", 10_000);
    // The library tries three times by itself.
    STRIPE.loseNextPosts(3);
    creators.fire();
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("pending");
    assertThat(shop.balance("stripe_transfer_clearing", "EUR")).isEqualTo(-9_000);
    creators.pass(Duration.ofMinutes(6));
    creators.fire();
    creators.assertPaidOnce("ann");
  }

  @Test
  void transfersOnceWhenStripeHasForgottenTheKeySince() {
    creators.due("ann", 10_000);
    STRIPE.loseNextPosts(3);
    creators.fire();
    STRIPE.prune();
    creators.pass(Duration.ofDays(3));
    creators.fire();
    creators.assertPaidOnce("ann");
  }

  @Test
  void transfersOnceWhenStripeFailedAfterMakingIt() {
    creators.due("ann", 10_000);
    STRIPE.failNextAfterMaking(1);
    creators.fire();
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("pending");
    creators.pass(Duration.ofMinutes(6));
    creators.fire();
    creators.assertPaidOnce("ann");
  }

  @Test
  void transfersByANewKeyAfterAFailureThatStripeKeeps() {
    creators.due("ann", 10_000);
    STRIPE.failNextPosts(1);
    creators.fire();
    assertThat(creators.transfers()).isEmpty();
    creators.pass(Duration.ofMinutes(6));
    creators.fire();
    creators.assertPaidOnce("ann");
  }

  @Test
  void transfersOnceWhenSeveralSchedulesRunAtOnce() throws Exception {
    creators.due("ann", 10_000);
    try (var threads = Executors.newFixedThreadPool(4)) {
      Callable<Boolean> call =
          () -> {
            creators.fire();
            return true;
          };
      for (Future<Boolean> done : threads.invokeAll(Collections.nCopies(4, call))) {
        assertThat(done.get()).isTrue();
      }
    }
    creators.assertPaidOnce("ann");
  }

  @Test
  void transfersWhenItDiesBeforeStripeWasAsked() {
    creators.due("ann", 10_000);
    STRIPE.dropNextPosts(3);
    creators.fire();
    assertThat(creators.transfers()).isEmpty();
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("pending");
    creators.pass(Duration.ofMinutes(6));
    creators.fire();
    creators.assertPaidOnce("ann");
  }

  @Test
  void waitsForMoney() {
    creators.due("ann", 10_000);
    STRIPE.setFunds("eur", 8_999);
    creators.fire();
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("pending");
    STRIPE.setFunds("eur", 9_000);
    creators.pass(Duration.ofHours(7));
    creators.fire();
    creators.assertPaidOnce("ann");
  }

  @Test
  void booksATransferThatTheWebhookTellsFirst() {
    creators.due("ann", 10_000);
    STRIPE.loseNextPosts(3);
    creators.fire();
    String told = creators.transferEvent("evt_1", Map.of());
    shop.deliverStripe(told, 200);
    shop.deliverStripe(told, 200);
    shop.deliverStripe(creators.transferEvent("evt_2", Map.of()), 200);
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("paid");
    creators.pass(Duration.ofHours(7));
    creators.fire();
    assertThat(creators.transfers()).hasSize(1);
    assertThat(shop.balance("store_receivable:stripe", "EUR")).isEqualTo(-9_000);
  }

  @Test
  void owesAgainWhatComesBack() {
    creators.due("ann", 10_000);
    creators.fire();
    for (long reversed : new long[] {4_000, 4_000, 9_000, 4_000}) {
      shop.deliverStripe(
          creators.transferEvent("evt_" + reversed, Map.of("amount_reversed", reversed)), 200);
    }
    assertThat(shop.balance("creator_payable:ann", "EUR")).isEqualTo(-9_000);
    assertThat(shop.balance("store_receivable:stripe", "EUR")).isZero();
    assertThat(creators.payout("ann").path("reversed").asLong()).isEqualTo(9_000);
  }

  @Test
  void booksAReversalThatIsToldBeforeItsTransfer() {
    creators.due("ann", 10_000);
    STRIPE.loseNextPosts(3);
    creators.fire();
    shop.deliverStripe(creators.transferEvent("evt_1", Map.of("amount_reversed", 1_000)), 200);
    shop.deliverStripe(creators.transferEvent("evt_2", Map.of()), 200);
    assertThat(shop.balance("creator_payable:ann", "EUR")).isEqualTo(-1_000);
  }

  @Test
  void doubtsTransfersThatNobodyAskedFor() {
    creators.due("ann", 10_000);
    creators.fire();
    shop.deliverStripe(creators.transferEvent("evt_1", Map.of("id", "tr_other")), 200);
    shop.deliverStripe(
        creators.transferEvent("evt_2", Map.of("metadata", Map.of("statement_id", "nothing"))),
        200);
    var documents = fireside.platform().documents();
    assertThat(documents.list(documents.collection("reviews"))).hasSize(2);
    assertThat(shop.balance("store_receivable:stripe", "EUR")).isEqualTo(-9_000);
  }

  @Test
  void sendsNothingToAnAccountWhoseBankChangedWhileMoneyWasMissing() {
    creators.due("ann", 10_000);
    STRIPE.setFunds("eur", 8_999);
    creators.fire();
    STRIPE.setFunds("eur", 9_000);
    creators.seen("acct_ann", Map.of("bank", "thief"));
    creators.pass(Duration.ofHours(7));
    creators.fire();
    assertThat(creators.transfers()).isEmpty();
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("blocked");
    assertThat(creators.payout("ann").path("amount").asLong()).isZero();
    assertThat(shop.balance("creator_payable:ann", "EUR")).isEqualTo(-9_000);
    creators.pass(Duration.ofDays(8));
    creators.fire();
    assertThat(creators.transfers()).hasSize(1);
  }

  @Test
  void waitsForALostCallBeforeItGivesUpAClosedAccount() {
    creators.due("ann", 10_000);
    STRIPE.dropNextPosts(3);
    creators.fire();
    creators.seen("acct_ann", Map.of("bank", "thief"));
    creators.pass(Duration.ofMinutes(6));
    creators.fire();
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("pending");
    creators.pass(Duration.ofHours(20));
    creators.fire();
    assertThat(creators.transfers()).isEmpty();
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("blocked");
  }

  @Test
  void doesNotBelieveWhatCreatorsAccountsTellOfTransfers() {
    creators.due("ann", 10_000);
    STRIPE.loseNextPosts(3);
    creators.fire();
    var theirs = (ObjectNode) Shop.json(creators.transferEvent("evt_1", Map.of()));
    theirs.put("account", "acct_ann");
    shop.deliverStripe(theirs.toString(), 200);
    shop.stripe(
        "/api/webhooks/stripe-connect", Shop.CONNECT_SECRET, theirs.put("id", "evt_3").toString());
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("pending");
    shop.deliverStripe(creators.transferEvent("evt_4", Map.of()), 200);
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("paid");
  }

  @Test
  void doubtsThatMoreComesBackThanWasTransferred() {
    creators.due("ann", 10_000);
    creators.fire();
    shop.deliverStripe(creators.transferEvent("evt_1", Map.of("amount_reversed", 9_001)), 200);
    shop.deliverStripe(creators.transferEvent("evt_2", Map.of("amount_reversed", -1)), 200);
    assertThat(creators.payout("ann").path("reversed").asLong()).isZero();
    assertThat(shop.balance("creator_payable:ann", "EUR")).isZero();
    var documents = fireside.platform().documents();
    assertThat(documents.list(documents.collection("reviews"))).hasSize(1);
  }

  @Test
  void asksLessOftenWhereStripeRefuses() {
    creators.due("ann", 10_000);
    for (int hours : new int[] {1, 6, 12}) {
      STRIPE.refuseNextPosts(1);
      creators.pass(Duration.ofHours(hours));
      creators.fire();
      assertThat(creators.payout("ann").path("status").asText()).isEqualTo("blocked");
    }
    creators.pass(Duration.ofHours(23));
    creators.fire();
    assertThat(creators.transfers()).isEmpty();
    creators.pass(Duration.ofHours(1));
    creators.fire();
    creators.assertPaidOnce("ann");
  }

  @Test
  void booksATransferThatWasGivenUpOnlyAsItWasAskedFor() {
    creators.due("ann", 10_000);
    STRIPE.refuseNextPosts(1);
    creators.fire();
    Map<String, Object> told =
        Map.of(
            "id",
            "tr_late",
            "amount",
            9_000,
            "amount_reversed",
            0,
            "currency",
            "eur",
            "destination",
            "acct_ann",
            "metadata",
            Map.of("statement_id", Creators.RUN + ":ann:1"));
    var other = new HashMap<>(told);
    other.put("amount", 90_000);
    shop.deliverStripe(Shop.stripeEvent("transfer.created", "evt_1", other), 200);
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("blocked");
    shop.deliverStripe(Shop.stripeEvent("transfer.created", "evt_2", told), 200);
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("paid");
    assertThat(shop.balance("creator_payable:ann", "EUR")).isZero();
  }

  @Test
  void transfersByTheOtherKeyWhenOneIsRevokedAndWaitsWhenAllAre() {
    creators.due("ann", 10_000);
    STRIPE.revoke(NEW_KEY);
    STRIPE.limitNextPosts(1);
    creators.fire();
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("pending");
    STRIPE.revoke("sk_test_of_the_tests");
    creators.pass(Duration.ofMinutes(6));
    creators.fire();
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("pending");
    STRIPE.restore("sk_test_of_the_tests");
    creators.pass(Duration.ofMinutes(6));
    creators.fire();
    creators.assertPaidOnce("ann");
  }

  @Test
  void sendsNothingToAnAccountThatIsNotConnectedToOurs() {
    creators.earn("ann", 10_000);
    Reply linked =
        creators.boss().put("/api/payouts/accounts/ann", Map.of("account", "acct_elsewhere"));
    assertThat(linked.status()).isEqualTo(200);
    assertThat(linked.body().path("open").asBoolean()).isFalse();
    creators.pass(Duration.ofDays(14));
    creators.fire();
    assertThat(creators.transfers()).isEmpty();
    assertThat(creators.payout("ann").path("detail").asText()).contains("no longer connected");
  }

  @Test
  void transfersOnlyWhatStripeCanMoveAndOwesTheRest() {
    creators.document("watchtime/2026-09/creators/ann", Map.of("seconds", 1L));
    var terms = new HashMap<>(creators.terms("2026-09", 10_019, 0, Map.of("reserve", 0)));
    terms.put("currency", "KWD");
    creators.boss().post("/api/payouts", terms);
    creators.boss().post("/api/payouts/2026-09-KWD/close", Map.of());
    creators.account("ann", "acct_ann", Map.of());
    creators.pass(Duration.ofDays(14));
    creators.fire();
    assertThat(creators.transfers()).hasSize(1);
    assertThat(creators.transfers().getFirst().path("amount").asLong()).isEqualTo(10_010);
    assertThat(shop.balance("creator_payable:ann", "KWD")).isEqualTo(-9);
  }
}
