package dev.fireside.payments.domain.payouts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PayoutTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final PayoutRun RUN =
      new PayoutRun(
          "2026-10", "EUR", 1_000, 500, 1_000, 100, Duration.ofDays(7), Duration.ofDays(30));

  private static final PayoutAccount ACCOUNT =
      new PayoutAccount("ann", "acct_1", true, true, null, "bank", null, true);

  private static Payout pending() {
    return Payout.waiting("s", RUN, "ann", 900, NOW).pending(900, "acct_1", NOW);
  }

  @Test
  void keepsItsKeyOnlyWhileStripeKnowsIt() {
    Payout payout = pending();
    assertThat(payout.key()).isEqualTo("payout:s");
    Payout soon = payout.retried(NOW.plus(Duration.ofHours(19)));
    assertThat(soon.key()).isEqualTo("payout:s");
    Payout late = soon.retried(NOW.plus(Duration.ofHours(21)));
    assertThat(late.key()).isEqualTo("payout:s:2");
    assertThat(late.keyHolds(NOW.plus(Duration.ofHours(40)))).isTrue();
  }

  @Test
  void takesANewKeyAfterAFailureThatStripeKeeps() {
    assertThat(pending().answered(Payout.Answer.FAILED, NOW).retried(NOW).key())
        .isEqualTo("payout:s:2");
    assertThat(pending().answered(Payout.Answer.NO_FUNDS, NOW).retried(NOW).key())
        .isEqualTo("payout:s:2");
    assertThat(pending().answered(Payout.Answer.UNKNOWN, NOW).retried(NOW).key())
        .isEqualTo("payout:s");
  }

  @Test
  void voidsWhatWasPutUnderWayWhateverKeyWasUsed() {
    Payout retried = pending().answered(Payout.Answer.FAILED, NOW).retried(NOW);
    assertThat(retried.voidedJournal(NOW).reverses()).isEqualTo(pending().pendingJournal(NOW).id());
    Payout again = retried.blocked("refused", NOW).pending(900, "acct_1", NOW);
    assertThat(again.pendingJournal(NOW).id()).isNotEqualTo(pending().pendingJournal(NOW).id());
    assertThat(again.key()).isEqualTo("payout:s:3");
  }

  @Test
  void waitsTwiceAsLongAfterEachRefusalUpTo32Days() {
    Payout payout = pending().refused("no", NOW);
    assertThat(payout.nextAt()).isEqualTo(NOW.plus(Duration.ofHours(6)));
    payout = payout.pending(900, "acct_1", NOW).refused("no", NOW);
    assertThat(payout.nextAt()).isEqualTo(NOW.plus(Duration.ofHours(12)));
    for (int i = 0; i < 70; i++) {
      payout = payout.pending(900, "acct_1", NOW).refused("no", NOW);
    }
    assertThat(payout.nextAt()).isEqualTo(NOW.plus(Duration.ofDays(32)));
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
    assertThat(PayoutAccount.linked("ann", "acct_1", null).closed(NOW)).isPresent();
    assertThat(ACCOUNT.disconnected().closed(NOW)).isPresent();
    assertThat(new PayoutAccount("ann", "acct_1", true, true, "listed", "", null, true).closed(NOW))
        .isPresent();
    assertThat(new PayoutAccount("ann", "acct_1", false, true, null, "", null, true).closed(NOW))
        .isPresent();
    assertThat(new PayoutAccount("ann", "acct_1", true, false, null, "", null, true).closed(NOW))
        .isPresent();
  }

  @Test
  void waitsSevenDaysAfterTheBankChanged() {
    PayoutAccount changed =
        ACCOUNT.refreshed(
            new PayoutAccount("ann", "acct_1", true, true, null, "other bank", null, true), NOW);
    assertThat(changed.closed(NOW)).isPresent();
    assertThat(changed.closed(NOW.plus(Duration.ofDays(6)))).isPresent();
    assertThat(changed.closed(NOW.plus(Duration.ofDays(7)))).isEmpty();
    // An older event does not shorten it.
    assertThat(changed.bankChanged(NOW.minusSeconds(9)).bankChangedAt()).isEqualTo(NOW);
  }

  @Test
  void doesNotTakeTheFirstBankForAChange() {
    PayoutAccount seen = PayoutAccount.linked("ann", "acct_1", null).refreshed(ACCOUNT, NOW);
    assertThat(seen.closed(NOW)).isEmpty();
  }

  @Test
  void statesWhatIsTakenBackAsADebt() {
    Statement taken = Statement.corrected(RUN, "ann", 2, -300, "views were bought", NOW);
    assertThat(taken.earned()).isEqualTo(-300);
    assertThat(taken.journal(RUN).postings())
        .anySatisfy(posting -> {
          assertThat(posting.account()).isEqualTo("creator_payable:ann");
          assertThat(posting.signed()).isEqualTo(300);
        });
  }
}
