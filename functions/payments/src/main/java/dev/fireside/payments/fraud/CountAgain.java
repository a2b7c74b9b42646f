package dev.fireside.payments.fraud;

import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.payments.fraud.domain.FraudRules;
import dev.fireside.payments.fraud.domain.Velocity;
import dev.fireside.payments.fraud.domain.Verdict;
import dev.fireside.payments.fraud.store.VelocityStore;
import dev.fireside.shared.Platform;
import java.time.Instant;

/// Counts what nobody could count while Redis was away.
public final class CountAgain {
  private final VelocityStore velocity;

  public CountAgain(Platform platform) {
    this.velocity = new VelocityStore(platform.redis());
  }

  /// Whether a purchase held as [ReviewCase#UNCOUNTED] is counted by now, and no more than anybody
  /// buys.
  ///
  /// @param at when its case was opened
  public boolean isClean(ReviewCase doubt, Instant at) {
    String card = doubt.evidence().get("card");
    Verdict verdict =
        card == null ? purchase(doubt, at.toEpochMilli()) : card(card, doubt, at.toEpochMilli());
    return verdict.outcome() == Verdict.Outcome.ALLOW;
  }

  private Verdict purchase(ReviewCase doubt, long at) {
    String sale = doubt.sale();
    String member = String.valueOf(sale == null ? doubt.evidence().get("transaction") : sale);
    if (doubt.purchase() != null) {
      member = AssessFraud.member(doubt.purchase(), member);
    }
    String device = doubt.evidence().get("device");
    return FraudRules.judgePace(
        velocity.note("user", doubt.uid(), member, at).orElse(null),
        velocity.count("failures", doubt.uid(), at).orElse(null),
        device == null ? Velocity.NONE : velocity.note("device", device, member, at).orElse(null));
  }

  private Verdict card(String card, ReviewCase doubt, long at) {
    String payment = doubt.purchase() == null ? doubt.id() : doubt.purchase().id();
    Velocity payments = velocity.note("card", card, payment, at).orElse(null);
    long people = velocity.note("people", card, doubt.uid(), at).map(Velocity::day).orElse(0L);
    return FraudRules.judgeCard(
        payments, people, velocity.count("failures", card, at).orElse(null), "");
  }
}
