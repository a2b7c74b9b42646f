package dev.fireside.payouts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.ledger.Ledger;
import dev.fireside.ledger.Progress;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.payouts.domain.Payout;
import dev.fireside.payouts.domain.PayoutRun;
import dev.fireside.payouts.store.PayoutStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.StoreException;
import dev.fireside.stripe.StripeStandIn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A run that is opened, closed and paid by a process that dies at every step of its own telling,
/// also between Stripe's answer and the books; another one comes after it and starts anew.
class PayoutCrashIT {
  private static final StripeStandIn STRIPE = new StripeStandIn();
  private static final PayoutRun TERMS =
      new PayoutRun("2026-10", "EUR", 9_000, 1_000, 0, 1_000, Duration.ZERO, Duration.ZERO);

  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create()
          .with(Creators.settings(STRIPE, "sk_test_1"))
          .entryPoints("payouts");

  /// Not for any handler to go on after.
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  /// Before, in and after each transaction; CrashIT dies at all the steps inside of one.
  private static final Set<String> STEPS = Set.of("begin", "all written", "committed");

  @AfterAll
  static void end() {
    STRIPE.close();
  }

  @Test
  void transfersOnceWhereverItDies() {
    assertThat(deaths(false)).isEqualTo(STEPS);
  }

  @Test
  void transfersOnceWhereverItDiesWhileStripeRefusesAndHasNoMoney() {
    assertThat(deaths(true)).isEqualTo(STEPS);
  }

  /// The steps at which it died and came to the right end all the same.
  private static Set<String> deaths(boolean refused) {
    var steps = new TreeSet<String>();
    int step = 0;
    while (isRightThoughItDiesAt(step, refused, steps)) {
      step++;
    }
    return steps;
  }

  /// Whether there was such a step to die at.
  private static boolean isRightThoughItDiesAt(int step, boolean refused, Set<String> deaths) {
    prepare();
    if (refused) {
      // What comes before is the same.
      state(Progress.UNHEARD);
      STRIPE.refuseNextPosts(1);
      STRIPE.setFunds("eur", 8_999);
    }
    var steps = new ArrayList<String>();
    try {
      life(
          !refused,
          name -> {
            if (STEPS.contains(name)) {
              steps.add(name);
            }
            // Who is dead stays so, whoever catches it.
            if (steps.size() > step) {
              throw new Crash();
            }
          });
    } catch (Crash | StoreException e) {
      if (steps.size() <= step) {
        throw e;
      }
    }
    boolean died = steps.size() > step;
    if (died) {
      deaths.add(steps.get(step));
      life(!refused, Progress.UNHEARD);
    }
    assertRight(died ? "death at step " + step + ", " + steps.get(step) : "no death");
    return died;
  }

  private static void prepare() {
    fireside.resetData();
    STRIPE.reset();
    var documents = fireside.platform().documents();
    documents.set("watchtime/2026-10/creators/ann", Map.of("seconds", 7L));
    STRIPE.put("/v1/accounts/acct_ann", StripeStandIn.account("acct_ann", Map.of()));
    new Parts(fireside.platform()).refresh().link(new Uid("ann"), "acct_ann");
  }

  private static void life(boolean whole, Progress progress) {
    if (whole) {
      state(progress);
    }
    for (int i = 0; i < 3; i++) {
      pay(progress);
      fireside.clock().advance(Duration.ofHours(7));
      if (i == 1) {
        STRIPE.setFunds("eur", 18_000);
      }
    }
  }

  private static void state(Progress progress) {
    parts(progress).open().open(TERMS);
    parts(progress).close().close(TERMS.id(), Duration.ofMinutes(1));
  }

  private static void pay(Progress progress) {
    parts(progress).pay().pay(fireside.clock().instant().plus(Duration.ofMinutes(1)));
  }

  private static Parts parts(Progress progress) {
    Platform platform = fireside.platform();
    return new Parts(platform, new Ledger(platform, progress));
  }

  private static void assertRight(String death) {
    var documents = fireside.platform().documents();
    var ledger = new LedgerStore(documents);
    assertThat(STRIPE.madeAt("/v1/transfers")).as(death).hasSize(1);
    assertThat(STRIPE.madeAt("/v1/transfers").getFirst().path("amount").asLong()).isEqualTo(9_000);
    var payouts = documents.list(documents.collection("payouts"));
    assertThat(payouts).as(death).hasSize(1);
    Payout payout = new PayoutStore(documents).payout(payouts.getFirst().id()).orElseThrow();
    assertThat(payout.state()).as(death).isInstanceOf(Payout.State.Paid.class);
    assertThat(ledger.prove().faults()).as(death).isEmpty();
    for (String account :
        List.of(
            "creator_pool:" + TERMS.id(),
            "creator_hold:ann",
            "creator_payable:ann",
            "stripe_transfer_clearing")) {
      assertThat(balance(ledger, account)).as("%s: %s", death, account).isZero();
    }
    assertThat(balance(ledger, "creator_cost")).as(death).isEqualTo(9_000);
    assertThat(balance(ledger, "store_receivable:stripe")).as(death).isEqualTo(-9_000);
  }

  private static long balance(LedgerStore ledger, String account) {
    return ledger.balances(Book.LIVE, account).getOrDefault("EUR", 0L);
  }
}
