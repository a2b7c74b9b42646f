package dev.fireside.payments.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.economy.domain.CatalogueStatus;
import dev.fireside.economy.domain.Currency;
import dev.fireside.economy.domain.CurrencyCode;
import dev.fireside.economy.store.Catalogue;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.ledger.Progress;
import dev.fireside.ledger.domain.Asset;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.payments.catalogue.domain.Product;
import dev.fireside.payments.catalogue.store.CatalogueStore;
import dev.fireside.payments.fraud.AssessFraud;
import dev.fireside.payments.purchases.ApplyFacts;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.store.PurchaseStore;
import dev.fireside.payments.reviews.domain.Review;
import dev.fireside.payments.reviews.domain.Review.Refund;
import dev.fireside.payments.reviews.store.ReviewStore;
import dev.fireside.payments.reviews.store.StripeRefunds;
import dev.fireside.shared.Platform;
import dev.fireside.shared.json.WireNames;
import dev.fireside.stripe.StripeStandIn;
import dev.fireside.stripe.store.StripeGateway;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A refund that is asked for by a process that dies at every step of its own telling.
class GiveBackCrashIT {
  private static final PurchaseKey KEY = new PurchaseKey("stripe", Book.LIVE, "pi_crash");
  private static final StripeStandIn STRIPE = new StripeStandIn();

  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create()
          .with(Map.of("STRIPE_API_KEY", "sk_test", "STRIPE_API_BASE", STRIPE.base()))
          .entryPoints("payments");

  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @AfterAll
  static void end() {
    STRIPE.close();
  }

  private static Platform platform() {
    return fireside.platform();
  }

  private static ApplyFacts apply(Progress progress) {
    return new ApplyFacts(platform(), new AssessFraud(platform()), progress);
  }

  private static GiveBack giveBack(Progress progress) {
    return new GiveBack(
        new ReviewStore(),
        new PurchaseStore(platform().documents()),
        apply(progress),
        new StripeRefunds(new StripeGateway(platform().config(), StripeGateway.SHOP_KEY)),
        fireside.clock());
  }

  private static Review asked() {
    var reviews = new ReviewStore();
    return new RequestRefund(platform(), reviews, new DecideCase(platform(), reviews))
        .request("one", KEY, new RequestRefund.Wish(null, 200L, "a test"), "mia");
  }

  private static void sell() {
    new Catalogue(platform())
        .put(
            new Currency(
                new CurrencyCode("GEM"), "Gems", 1_000_000, false, CatalogueStatus.ACTIVE));
    new CatalogueStore(platform().documents())
        .put(
            new Product(
                "gems",
                List.of(),
                List.of(),
                Map.of(new Asset("coin:GEM"), 500L),
                Map.of(),
                null,
                null,
                false),
            Instant.EPOCH);
    long at = fireside.clock().millis();
    apply(Progress.UNHEARD)
        .apply(
            Work.of(
                KEY,
                List.of(
                    new Fact.Sold(
                        "e", at, "ann", "cs_1", at, "gems", 1, new Money(499, "USD"), 0, 0, null),
                    new Fact.Held("e", at, "ann"))));
  }

  private static String state(String id) {
    var document = platform().documents().get("reviews/" + id).orElseThrow();
    return document.fields().requiredText("refund");
  }

  @Test
  void givesTheMoneyBackOnceWhereverItDies() {
    sell();
    Review review = asked();
    String id = review.doubt().id();
    int crashes = 0;
    for (int step = 0; crashes(review, step); step++) {
      crashes++;
      boolean done = state(id).equals(WireNames.of(Refund.ASKED));
      var proof = new LedgerStore(platform().documents()).prove();
      assertThat(proof.faults()).isEmpty();
      // Granted and decided; refunded with the case, or neither.
      assertThat(proof.journals()).isEqualTo(done ? 3 : 2);
    }
    assertThat(crashes).isGreaterThan(10);
    giveBack(Progress.UNHEARD).give(review);
    assertThat(asked().doubt().id()).isEqualTo(id);
    assertThat(state(id)).isEqualTo(WireNames.of(Refund.ASKED));
    assertThat(STRIPE.madeAt("/v1/refunds")).hasSize(1);
    assertThat(new LedgerStore(platform().documents()).prove().journals()).isEqualTo(3);
    assertThat(
            platform()
                .documents()
                .get("users/ann/inventory/_head")
                .orElseThrow()
                .fields()
                .map("currencies")
                .number("GEM"))
        .isEqualTo(300);
  }

  /// Whether there was such a step to crash at.
  private static boolean crashes(Review review, int step) {
    int[] steps = {0};
    try {
      giveBack(
              _ -> {
                if (steps[0]++ == step) {
                  throw new Crash();
                }
              })
          .give(review);
      return false;
    } catch (Crash e) {
      return true;
    }
  }
}
