package dev.fireside.payouts.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.ledger.domain.AccountName;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.Posting;
import dev.fireside.payouts.domain.Payout.State.Blocked;
import dev.fireside.payouts.domain.Payout.State.Pending;
import dev.fireside.payouts.domain.TransferRequest.Answer;
import dev.fireside.shared.ids.Uid;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PayoutTest {
  private static final Uid ANN = new Uid("ann");
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final PayoutRun RUN =
      new PayoutRun(
          "2026-10", "EUR", 1_000, 500, 1_000, 100, Duration.ofDays(7), Duration.ofDays(30));

  private static final PayoutAccount ACCOUNT =
      new PayoutAccount(ANN, "acct_1", true, true, null, "bank", null, true);

  private static final Payout WAITING = Payout.waiting("s", RUN, ANN, 900, NOW);

  private static Pending pending() {
    return WAITING.pending(900, "acct_1", NOW);
  }

  private static String key(Pending pending) {
    return pending.request().key("s");
  }

  @Test
  void keepsItsKeyOnlyWhileStripeKnowsIt() {
    Pending pending = pending();
    assertThat(key(pending)).isEqualTo("payout:s");
    Pending soon = pending.retried(NOW.plus(Duration.ofHours(19)));
    assertThat(key(soon)).isEqualTo("payout:s");
    Pending late = soon.retried(NOW.plus(Duration.ofHours(21)));
    assertThat(key(late)).isEqualTo("payout:s:2");
    assertThat(late.request().keyHolds(NOW.plus(Duration.ofHours(40)))).isTrue();
  }

  @Test
  void takesANewKeyAfterAFailureThatStripeKeeps() {
    assertThat(key(pending().answered(Answer.FAILED, NOW).retried(NOW))).isEqualTo("payout:s:2");
    assertThat(key(pending().answered(Answer.NO_FUNDS, NOW).retried(NOW))).isEqualTo("payout:s:2");
    assertThat(key(pending().answered(Answer.UNKNOWN, NOW).retried(NOW))).isEqualTo("payout:s");
  }

  @Test
  void voidsWhatWasPutUnderWayWhateverKeyWasUsed() {
    Payout.Terms terms = WAITING.terms();
    String first = PayoutJournals.pending(terms, pending().request(), NOW).id();
    Pending retried = pending().answered(Answer.FAILED, NOW).retried(NOW);
    assertThat(PayoutJournals.voided(terms, retried.request(), NOW).reverses()).isEqualTo(first);
    Pending again = WAITING.with(retried.blocked("refused", NOW)).pending(900, "acct_1", NOW);
    assertThat(PayoutJournals.pending(terms, again.request(), NOW).id()).isNotEqualTo(first);
    assertThat(key(again)).isEqualTo("payout:s:3");
  }

  @Test
  void statesAndHoldsExactlyWhatIsSharedOfManyRuns() {
    var random = new Random(7);
    for (int i = 0; i < 500; i++) {
      Map<String, Long> seconds = weights(random, i % 5 == 0);
      Map<String, Long> gifts = weights(random, i % 7 == 0);
      var run =
          new PayoutRun(
              "2026-10",
              "EUR",
              random.nextLong(1_000_000),
              random.nextLong(Money.MINOR_MAX),
              random.nextInt(PayoutRun.WHOLE + 1),
              1,
              Duration.ofDays(7),
              Duration.ofDays(30));
      long fromPool = 0;
      for (Share share : Share.of(run, seconds, gifts)) {
        Statement statement = Statement.first(run, share, NOW);
        assertThat(statement.reserve()).isBetween(0L, statement.earned());
        if (share.earned() > 0) {
          fromPool +=
              statement.journal(run).postings().stream()
                  .filter(posting -> posting.account().equals(AccountName.pool(run.id())))
                  .mapToLong(Posting::signed)
                  .sum();
        }
      }
      long shared =
          (sum(seconds) == 0 ? 0 : run.watchPool()) + (sum(gifts) == 0 ? 0 : run.giftPool());
      assertThat(fromPool).as("run %s", i).isEqualTo(shared);
    }
  }

  private static Map<String, Long> weights(Random random, boolean none) {
    var weights = new HashMap<String, Long>();
    for (int i = 0; i < (none ? random.nextInt(2) : random.nextInt(40)); i++) {
      weights.put("c" + random.nextInt(60), none ? 0L : random.nextLong(3_000_000_000L));
    }
    return weights;
  }

  private static long sum(Map<String, Long> weights) {
    return weights.values().stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void waitsTwiceAsLongAfterEachRefusalUpTo32Days() {
    Blocked blocked = pending().refused("no", NOW);
    assertThat(blocked.nextAt()).isEqualTo(NOW.plus(Duration.ofHours(6)));
    blocked = again(blocked).refused("no", NOW);
    assertThat(blocked.nextAt()).isEqualTo(NOW.plus(Duration.ofHours(12)));
    for (int i = 0; i < 70; i++) {
      blocked = again(blocked).refused("no", NOW);
    }
    assertThat(blocked.nextAt()).isEqualTo(NOW.plus(Duration.ofDays(32)));
  }

  private static Pending again(Blocked blocked) {
    return WAITING.with(blocked).pending(900, "acct_1", NOW);
  }

  @Test
  void knowsWhenAMonthIsOver() {
    assertThat(RUN.end()).contains(Instant.parse("2026-11-01T00:00:00Z"));
    var season =
        new PayoutRun("season-1", "EUR", 1, 1, 0, 1, Duration.ofDays(7), Duration.ofDays(30));
    assertThat(season.end()).isEmpty();
  }

  @Test
  void transfersOnlyToAnOpenAccount() {
    assertThat(ACCOUNT.closed(NOW)).isEmpty();
    assertThat(PayoutAccount.linked(ANN, "acct_1", null).closed(NOW)).isPresent();
    assertThat(ACCOUNT.disconnected().closed(NOW)).isPresent();
    assertThat(new PayoutAccount(ANN, "acct_1", true, true, "listed", "", null, true).closed(NOW))
        .isPresent();
    assertThat(new PayoutAccount(ANN, "acct_1", false, true, null, "", null, true).closed(NOW))
        .isPresent();
    assertThat(new PayoutAccount(ANN, "acct_1", true, false, null, "", null, true).closed(NOW))
        .isPresent();
  }

  @Test
  void waitsSevenDaysAfterTheBankChanged() {
    PayoutAccount changed =
        ACCOUNT.refreshed(
            new PayoutAccount(ANN, "acct_1", true, true, null, "other bank", null, true), NOW);
    assertThat(changed.closed(NOW)).isPresent();
    assertThat(changed.closed(NOW.plus(Duration.ofDays(6)))).isPresent();
    assertThat(changed.closed(NOW.plus(Duration.ofDays(7)))).isEmpty();
    // An older event does not shorten it.
    assertThat(changed.bankReported(false, "b", NOW.minusSeconds(9)).bankChangedAt())
        .isEqualTo(NOW);
  }

  @Test
  void doesNotTakeTheFirstBankForAChange() {
    PayoutAccount seen = PayoutAccount.linked(ANN, "acct_1", null).refreshed(ACCOUNT, NOW);
    assertThat(seen.closed(NOW)).isEmpty();
  }

  @Test
  void statesWhatIsTakenBackAsADebt() {
    Statement taken = Statement.corrected(RUN, ANN, 2, -300, "views were bought", NOW);
    assertThat(taken.earned()).isEqualTo(-300);
    assertThat(taken.journal(RUN).postings())
        .anySatisfy(posting -> {
          assertThat(posting.account()).isEqualTo(AccountName.payable(ANN));
          assertThat(posting.signed()).isEqualTo(300);
        });
  }
}
