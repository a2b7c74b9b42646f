package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
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
  private static final StripeStandIn STRIPE = new StripeStandIn();

  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().with(settings());

  private final Shop shop = new Shop(fireside);
  private final Creators creators = new Creators(fireside, STRIPE);

  private static Map<String, String> settings() {
    var settings = new HashMap<>(Shop.SETTINGS);
    settings.put("STRIPE_API_KEY", "sk_test_of_the_tests");
    settings.put("STRIPE_API_BASE", STRIPE.base());
    return settings;
  }

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
    assertThat(creators.transfers()).hasSize(1);
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("paid");
  }

  @Test
  void transfersOnceWhenStripeHasForgottenTheKeySince() {
    creators.due("ann", 10_000);
    STRIPE.loseNextPosts(3);
    creators.fire();
    STRIPE.prune();
    creators.pass(Duration.ofDays(3));
    creators.fire();
    assertThat(creators.transfers()).hasSize(1);
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("paid");
  }

  @Test
  void transfersOnceWhenStripeFailedAfterMakingIt() {
    creators.due("ann", 10_000);
    STRIPE.failNextAfterMaking(1);
    creators.fire();
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("pending");
    creators.pass(Duration.ofMinutes(6));
    creators.fire();
    assertThat(creators.transfers()).hasSize(1);
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("paid");
  }

  @Test
  void transfersByANewKeyAfterAFailureThatStripeKeeps() {
    creators.due("ann", 10_000);
    STRIPE.failNextPosts(1);
    creators.fire();
    assertThat(creators.transfers()).isEmpty();
    creators.pass(Duration.ofMinutes(6));
    creators.fire();
    assertThat(creators.transfers()).hasSize(1);
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("paid");
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
    assertThat(creators.transfers()).hasSize(1);
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("paid");
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
    assertThat(creators.transfers()).hasSize(1);
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("paid");
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
    assertThat(creators.transfers()).hasSize(1);
    assertThat(creators.payout("ann").path("status").asText()).isEqualTo("paid");
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
}
