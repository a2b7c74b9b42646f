package dev.fireside.payouts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.shared.json.Json;
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
      FiresideExtension.create().with(Creators.settings(STRIPE, NEW_KEY + ",sk_test_of_the_tests"));

  private final Creators creators = new Creators(fireside, STRIPE);

  @BeforeEach
  void begin() {
    fireside.resetData();
    STRIPE.reset();
  }

  @AfterEach
  void booksAreInOrder() {
    fireside.settle();
    assertThat(creators.proof().faults()).isEmpty();
    assertThat(creators.balance("stripe_transfer_clearing", "EUR")).isZero();
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
    String transfer = creators.transfers().getFirst().path("id").asText();
    String statements = "/api/payouts/creators/ann/statements";
    JsonNode paid = creators.boss().get(statements).body().path("items").path(0).path("payouts");
    assertThat(paid.path(0).path("transfer").asText()).isEqualTo(transfer).isNotEmpty();
    assertThat(paid.path(0).path("transferredAt").asText()).isNotEmpty();
    assertThat(paid.path(1).has("transfer")).isFalse();
    String csv = creators.boss().header("Accept", "text/csv").get(statements).body().asText();
    assertThat(csv).startsWith("id,run,uid,version,currency,").contains("," + transfer + "; ,20");
    assertThat(fireside.http().as("ann").get(statements).status()).isEqualTo(403);
    assertThat(creators.balance("creator_hold:ann", "EUR")).isEqualTo(-1_000);
    assertThat(creators.balance("creator_payable:ann", "EUR")).isZero();
    assertThat(creators.balance("store_receivable:stripe", "EUR")).isEqualTo(-9_000);
    // The reserve, three months later.
    creators.pass(Duration.ofDays(80));
    creators.fire();
    assertThat(creators.transfers()).hasSize(2);
    assertThat(creators.balance("creator_hold:ann", "EUR")).isZero();
  }

  @Test
  void transfersOnceWhenItDiesAfterStripeAccepted() {
    creators.due("ann", 10_000);
    // The library tries three times by itself.
    STRIPE.loseNextPosts(3);
    creators.fire();
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("pending");
    assertThat(creators.balance("stripe_transfer_clearing", "EUR")).isEqualTo(-9_000);
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
    ObjectNode stated = creators.transfer(Map.of());
    creators.reportTransfer(stated);
    creators.reportTransfer(stated);
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("paid");
    creators.pass(Duration.ofHours(7));
    creators.fire();
    assertThat(creators.transfers()).hasSize(1);
    assertThat(creators.balance("store_receivable:stripe", "EUR")).isEqualTo(-9_000);
  }

  @Test
  void owesAgainWhatComesBack() {
    creators.due("ann", 10_000);
    creators.fire();
    for (long reversed : new long[] {4_000, 4_000, 9_000, 4_000}) {
      creators.reportTransfer(creators.transfer(Map.of("amount_reversed", reversed)));
    }
    assertThat(creators.balance("creator_payable:ann", "EUR")).isEqualTo(-9_000);
    assertThat(creators.balance("store_receivable:stripe", "EUR")).isZero();
    assertThat(creators.payout("ann").path("reversed").asLong()).isEqualTo(9_000);
  }

  @Test
  void booksAReversalThatIsToldBeforeItsTransfer() {
    creators.due("ann", 10_000);
    STRIPE.loseNextPosts(3);
    creators.fire();
    creators.reportTransfer(creators.transfer(Map.of("amount_reversed", 1_000)));
    creators.reportTransfer(creators.transfer(Map.of()));
    assertThat(creators.balance("creator_payable:ann", "EUR")).isEqualTo(-1_000);
  }

  @Test
  void doubtsTransfersThatNobodyAskedFor() {
    creators.due("ann", 10_000);
    creators.fire();
    ObjectNode ours = creators.transfer(Map.of());
    creators.reportTransfer(ours.deepCopy().put("id", "tr_other"));
    ours.withObject("/metadata").put("statement_id", "nothing");
    creators.reportTransfer(ours.put("id", "tr_nothing"));
    var documents = fireside.platform().documents();
    assertThat(documents.list(documents.collection("reviews"))).hasSize(2);
    assertThat(creators.balance("store_receivable:stripe", "EUR")).isEqualTo(-9_000);
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
    assertThat(creators.balance("creator_payable:ann", "EUR")).isEqualTo(-9_000);
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
    ObjectNode made = creators.transfer(Map.of());
    creators.reportTransfer(made, "acct_ann");
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("pending");
    creators.reportTransfer(made);
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("paid");
  }

  @Test
  void doubtsThatMoreComesBackThanWasTransferred() {
    creators.due("ann", 10_000);
    creators.fire();
    creators.reportTransfer(creators.transfer(Map.of("amount_reversed", 9_001)));
    creators.reportTransfer(creators.transfer(Map.of("amount_reversed", -1)));
    assertThat(creators.payout("ann").path("reversed").asLong()).isZero();
    assertThat(creators.balance("creator_payable:ann", "EUR")).isZero();
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
    ObjectNode stated = Json.mapper().createObjectNode();
    stated.put("id", "tr_late");
    stated.put("amount_reversed", 0);
    stated.put("currency", "eur");
    stated.put("destination", "acct_ann");
    stated.putObject("metadata").put("statement_id", Creators.RUN + ":ann:1");
    creators.reportTransfer(stated.put("amount", 90_000));
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("blocked");
    creators.reportTransfer(stated.put("amount", 9_000));
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("paid");
    assertThat(creators.balance("creator_payable:ann", "EUR")).isZero();
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
    assertThat(creators.balance("creator_payable:ann", "KWD")).isEqualTo(-9);
  }
}
