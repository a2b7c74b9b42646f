package dev.fireside.payouts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.stripe.StripeStandIn;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PayoutsIT {
  private static final String RUN = Creators.RUN;
  private static final StripeStandIn STRIPE = new StripeStandIn();

  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Creators.settings(STRIPE, "sk_test_of_the_tests"));

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
  void statesSharesThatAddUpToThePool() {
    creators.watched("ann", 3_600);
    creators.watched("bob", 1);
    creators.watched("cid", 7_201);
    creators.watched("dan", 0);
    creators.gifts("bob", 10);
    creators.gifts("eve", 5);
    assertThat(creators.open(100_001, 50_000, Map.of()).status()).isEqualTo(201);
    Reply closed = creators.close();
    assertThat(closed.body().path("status").asText()).isEqualTo("closed");
    assertThat(closed.body().path("shared").asLong()).isEqualTo(150_001);

    JsonNode statements =
        creators.boss().get("/api/payouts/" + RUN + "/statements").body().path("items");
    assertThat(statements).hasSize(4);
    long sum = 0;
    for (JsonNode statement : statements) {
      sum += statement.path("earned").asLong();
    }
    assertThat(sum).isEqualTo(150_001);
    assertThat(creators.balance("creator_pool:" + RUN, "EUR")).isZero();
    assertThat(creators.balance("creator_cost", "EUR")).isEqualTo(150_001);

    // Again, and with more seconds since: what was stated stays.
    creators.watched("ann", 999_999);
    assertThat(creators.close().body().path("shared").asLong()).isEqualTo(150_001);
    assertThat(creators.proof().journals()).isEqualTo(1 + 4);
    JsonNode own = fireside.http().as("bob").get("/api/payouts/statements").body().path("items");
    assertThat(own).hasSize(1);
    assertThat(own.path(0).path("giftAmount").asLong()).isEqualTo(33_333);
    assertThat(fireside.http().as("bob").get("/api/payouts").status()).isEqualTo(403);
    assertThat(fireside.http().as("bob").get("/api/payouts/" + RUN).status()).isEqualTo(403);
  }

  @Test
  void namesNoNextPageBehindALastOneThatIsFull() {
    creators.watched("ann", 1);
    creators.watched("bob", 1);
    creators.open(1_000, 0, Map.of());
    creators.close();

    assertThat(creators.boss().get("/api/payouts?limit=1").body().has("nextCursor")).isFalse();
    String statements = "/api/payouts/" + RUN + "/statements?limit=";
    assertThat(creators.boss().get(statements + 2).body().has("nextCursor")).isFalse();
    JsonNode first = creators.boss().get(statements + 1).body();
    JsonNode second =
        creators.boss().get(statements + "1&cursor=" + first.path("nextCursor").asText()).body();
    assertThat(second.path("items")).hasSize(1).doesNotContain(first.path("items").path(0));
    assertThat(second.has("nextCursor")).isFalse();
  }

  @Test
  void opensARunOnceOnTheSameTerms() {
    assertThat(creators.open(1_000, 0, Map.of()).status()).isEqualTo(201);
    assertThat(creators.open(1_000, 0, Map.of()).status()).isEqualTo(201);
    assertThat(creators.open(2_000, 0, Map.of()).status()).isEqualTo(409);
    assertThat(creators.proof().journals()).isEqualTo(1);
    assertThat(creators.boss().get("/api/payouts").body().path("items")).hasSize(1);
    assertThat(creators.boss().get("/api/payouts/2026-09-EUR").status()).isEqualTo(404);
    assertThat(creators.boss().get("/api/payouts/a.b").status()).isEqualTo(404);
    Reply bad = creators.boss().post("/api/payouts", Map.of("period", "a/b", "currency", "XXY"));
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.body().toString()).contains("period", "currency");
  }

  @Test
  void statesHundredsOfCreatorsExactly() {
    for (int i = 0; i < 430; i++) {
      creators.watched("c" + i, 1 + i * 37L % 101);
    }
    creators.open(1_000_003, 0, Map.of());
    assertThat(creators.close().body().path("creators").asLong()).isEqualTo(430);
    assertThat(creators.balance("creator_pool:" + RUN, "EUR")).isZero();
  }

  @Test
  void givesBackWhatOfAPoolNobodyEarned() {
    creators.watched("ann", 10);
    creators.open(1_000, 50_000, Map.of());
    assertThat(creators.close().body().path("shared").asLong()).isEqualTo(1_000);
    creators.close();
    assertThat(creators.balance("creator_pool:" + RUN, "EUR")).isZero();
    assertThat(creators.balance("creator_cost", "EUR")).isEqualTo(1_000);
  }

  @Test
  void closesNoMonthBeforeItIsOver() {
    String month = YearMonth.from(fireside.clock().instant().atZone(ZoneOffset.UTC)).toString();
    creators.boss().post("/api/payouts", creators.terms(month, 600, 0, Map.of()));
    String close = "/api/payouts/" + month + "-EUR/close";
    assertThat(creators.boss().post(close, Map.of()).status()).isEqualTo(409);
    creators.pass(Duration.ofDays(31));
    assertThat(creators.boss().post(close, Map.of()).status()).isEqualTo(200);
  }

  @Test
  void carriesSmallAmountsForward() {
    creators.earn("ann", 600);
    creators.account("ann", "acct_ann", Map.of());
    creators.pass(Duration.ofDays(14));
    creators.fire();
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("carried");
    assertThat(creators.balance("creator_payable:ann", "EUR")).isEqualTo(-540);
    creators.earnEarlier("ann", 600);
    creators.pass(Duration.ofDays(14));
    creators.fire();
    assertThat(creators.transfers()).hasSize(1);
    assertThat(creators.transfers().getFirst().path("amount").asLong()).isEqualTo(1_080);
  }

  @Test
  void takesOffWhatACreatorOwes() {
    creators.earn("ann", 10_000);
    creators.account("ann", "acct_ann", Map.of());
    Reply taken = creators.correct("ann", 2, -4_000);
    assertThat(taken.status()).isEqualTo(200);
    assertThat(creators.correct("ann", 2, -4_000).status()).isEqualTo(200);
    assertThat(creators.correct("ann", 2, -5_000).status()).isEqualTo(409);
    assertThat(creators.correct("ann", 4, -4_000).status()).isEqualTo(409);
    assertThat(creators.balance("creator_payable:ann", "EUR")).isEqualTo(4_000);
    creators.pass(Duration.ofDays(14));
    creators.fire();
    assertThat(creators.transfers()).hasSize(1);
    assertThat(creators.transfers().getFirst().path("amount").asLong()).isEqualTo(5_000);
    assertThat(creators.correct("ann", 3, 2_500).status()).isEqualTo(200);
    creators.fire();
    assertThat(creators.transfers()).hasSize(2);
  }

  @Test
  void sendsNothingToAClosedAccount() {
    creators.earn("ann", 10_000);
    creators.earnEarlier("bob", 10_000);
    creators.account("ann", "acct_ann", Map.of("payouts_enabled", false));
    creators.pass(Duration.ofDays(14));
    creators.fire();
    assertThat(creators.transfers()).isEmpty();
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("blocked");
    assertThat(creators.payout("ann").path("detail").asText()).contains("cannot pay out");
    creators.account("ann", "acct_ann", Map.of());
    creators.pass(Duration.ofHours(7));
    creators.fire();
    assertThat(creators.transfers()).hasSize(1);
  }

  @Test
  void waitsAfterTheBankChanged() {
    creators.due("ann", 10_000);
    creators.account("ann", "acct_ann", Map.of("bank", "thief"));
    creators.fire();
    assertThat(creators.transfers()).isEmpty();
    assertThat(creators.payout("ann").path("detail").asText()).contains("changed");
    creators.pass(Duration.ofDays(7));
    creators.fire();
    assertThat(creators.transfers()).hasSize(1);
  }

  @Test
  void stopsWhereStripeTellsOfAnotherBankOrOfNoAccountAnyMore() {
    creators.due("ann", 10_000);
    creators.earnEarlier("bob", 10_000);
    creators.account("bob", "acct_bob", Map.of());
    creators.pass(Duration.ofDays(15));
    creators.reportAccount("account.external_account.updated", "acct_ann");
    STRIPE.remove("/v1/accounts/acct_bob");
    creators.reportAccount("account.application.deauthorized", "acct_bob");
    creators.fire();
    assertThat(creators.transfers()).isEmpty();
    assertThat(creators.payout("ann").path("detail").asText()).contains("changed");
    assertThat(creators.payout("bob").path("status").asText()).isEqualTo("blocked");
  }

  @Test
  void takesTheFirstBankForNoChangeHoweverOftenAndLateItIsTold() {
    creators.due("ann", 10_000);
    creators.reportAccount("account.external_account.created", "acct_ann");
    creators.reportAccount("account.external_account.created", "acct_ann");
    creators.fire();
    creators.assertPaidOnce("ann");
  }

  @Test
  void leavesAnAccountLinkedThatIsConnectedAgainWhenItsEndIsTold() {
    creators.due("ann", 10_000);
    // It left, and came back before the notice of its leaving came.
    creators.reportAccount("account.application.deauthorized", "acct_ann");
    creators.fire();
    creators.assertPaidOnce("ann");
  }

  @Test
  void forgetsTheAccountOfAPersonWhoIsGone() {
    creators.account("ann", "acct_ann", Map.of());
    creators.account("bob", "acct_bob", Map.of());
    creators.document("users/ann", Map.of("status", "deleted"));
    creators.document("users/bob", Map.of("status", "active"));
    fireside.settle();
    var documents = fireside.platform().documents();
    assertThat(documents.get("payoutAccounts/ann")).isEmpty();
    assertThat(documents.get("payoutAccounts/bob")).isPresent();
  }
}
