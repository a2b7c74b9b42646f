package dev.fireside.payments.reviews.domain;

import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.payments.purchases.domain.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A case on its way to a decision.
///
/// @param doubt what is to be decided; never changes
/// @param claimedBy who looks at it; null for nobody
/// @param leaseUntil until when it is theirs; null for nobody
/// @param proposed what one person decided where two must; null for nothing yet
/// @param proposedBy who that was; null for nobody yet
/// @param decision what was decided; null while it is open
/// @param deciders who decided; [#NOBODY] where nobody did in time
/// @param decidedAt when; null while it is open
/// @param openedAt when it was opened
/// @param deadline when it decides itself
/// @param refund whether the provider must be asked to give the money back
public record Review(
    ReviewCase doubt,
    @Nullable String claimedBy,
    @Nullable Instant leaseUntil,
    @Nullable Decision proposed,
    @Nullable String proposedBy,
    @Nullable Decision decision,
    List<String> deciders,
    @Nullable Instant decidedAt,
    Instant openedAt,
    Instant deadline,
    Refund refund) {
  /// In place of a person: the deadline.
  public static final String NOBODY = "deadline";

  /// How long a claim keeps others off.
  public static final Duration LEASE = Duration.ofMinutes(30);

  /// What can be decided.
  public enum Decision {
    /// The buyer gets it, or keeps it.
    GRANT,
    /// The buyer does not get it, or gives it back.
    DENY,
    /// The same, and the money goes back.
    REFUND
  }

  /// Where giving the money back stands.
  public enum Refund {
    NONE,
    /// The provider is to be asked.
    DUE,
    /// The provider was asked; its event books it.
    ASKED,
    /// Only a person can do it, in the store's own console.
    MANUAL
  }

  /// What became of an attempt.
  public sealed interface Step {
    /// It is done.
    ///
    /// @param changed whether it was not done before
    record Done(Review review, boolean changed) implements Step {}

    /// It may not be done.
    ///
    /// @param forbidden whether that lies in who asks, and not in the state of the case
    record Refused(String why, boolean forbidden) implements Step {}
  }

  public Review {
    deciders = List.copyOf(deciders);
  }

  /// A case as it is opened.
  public static Review opened(ReviewCase doubt, Instant now) {
    return new Review(
        doubt,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        null,
        now,
        doubt.deadline(now),
        Refund.NONE);
  }

  /// Whether it waits for a decision.
  public boolean isOpen() {
    return decision == null;
  }

  /// Takes the case for a while.
  public Step claim(String who, Stake stake, Instant now) {
    if (!isOpen()) {
      return new Step.Refused("The case is decided", false);
    }
    if (stake.people().contains(who)) {
      return new Step.Refused("Nobody decides about themselves", true);
    }
    if (isHeldByAnother(who, now)) {
      return new Step.Refused("Somebody else looks at the case", false);
    }
    return new Step.Done(
        new Review(
            doubt,
            who,
            now.plus(LEASE),
            proposed,
            proposedBy,
            null,
            List.of(),
            null,
            openedAt,
            deadline,
            refund),
        true);
  }

  /// Decides the case, or, where two must, says what one of them thinks.
  ///
  /// @param twoPersons whether a second person must decide alike
  public Step decide(String who, Decision what, Stake stake, boolean twoPersons, Instant now) {
    if (!isOpen()) {
      return what == decision && deciders.contains(who)
          ? new Step.Done(this, false)
          : new Step.Refused("The case is decided", false);
    }
    if (stake.people().contains(who)) {
      return new Step.Refused("Nobody decides about themselves", true);
    }
    if (twoPersons && who.equals(proposedBy) && what == proposed) {
      return new Step.Done(this, false);
    }
    if (!who.equals(claimedBy) || isOver(now)) {
      return new Step.Refused("Claim the case first", false);
    }
    if (twoPersons && (what != proposed || who.equals(proposedBy))) {
      return new Step.Done(
          new Review(
              doubt, null, null, what, who, null, List.of(), null, openedAt, deadline, refund),
          true);
    }
    return new Step.Done(
        decided(what, twoPersons ? List.of(String.valueOf(proposedBy), who) : List.of(who), now),
        true);
  }

  /// Whether the counters are to be asked again, which nobody could at first.
  public boolean isToBeCounted(Instant now) {
    return isOpen()
        && doubt.reason().equals(ReviewCase.UNCOUNTED)
        && !now.isBefore(deadline)
        && now.isBefore(openedAt.plus(ReviewCase.TIME));
  }

  /// The case once its time is over; the same as before where it is not.
  ///
  /// @param trusted whether what nobody could count at first was counted since, is no doubt, and is
  ///   one person's to decide; where not, that is asked again until the case ends as others do
  public Review overdue(boolean trusted, Instant now) {
    if (isToBeCounted(now)) {
      return trusted ? decided(Decision.GRANT, List.of(NOBODY), now) : postponed(now);
    }
    return isOpen() && !now.isBefore(deadline) ? decided(automatic(), List.of(NOBODY), now) : this;
  }

  /// What is decided when nobody does: against the purchase where it was held back, and for it
  /// where it was granted.
  private Decision automatic() {
    boolean held = doubt.purchase() != null && !"flag".equals(doubt.evidence().get("outcome"));
    if (!held) {
      return Decision.GRANT;
    }
    return isStripe() ? Decision.REFUND : Decision.DENY;
  }

  private Review postponed(Instant now) {
    Instant end = openedAt.plus(ReviewCase.TIME);
    Instant next = now.plus(ReviewCase.TIME_UNCOUNTED);
    return new Review(
        doubt,
        claimedBy,
        leaseUntil,
        proposed,
        proposedBy,
        null,
        List.of(),
        null,
        openedAt,
        next.isBefore(end) ? next : end,
        refund);
  }

  private Review decided(Decision what, List<String> who, Instant now) {
    Refund next = Refund.NONE;
    if (what == Decision.REFUND) {
      next = isStripe() ? Refund.DUE : Refund.MANUAL;
    }
    return new Review(
        doubt, null, null, proposed, proposedBy, what, who, now, openedAt, deadline, next);
  }

  /// This, the provider having been asked for the money.
  public Review refundAsked() {
    return withRefund(Refund.ASKED);
  }

  /// This, the money being somebody's to give back by hand.
  public Review refundByHand() {
    return withRefund(Refund.MANUAL);
  }

  private Review withRefund(Refund next) {
    return new Review(
        doubt,
        claimedBy,
        leaseUntil,
        proposed,
        proposedBy,
        decision,
        deciders,
        decidedAt,
        openedAt,
        deadline,
        next);
  }

  /// What becomes of the purchase.
  public Hold hold() {
    return decision == Decision.GRANT ? Hold.OPEN : Hold.DENIED;
  }

  private boolean isStripe() {
    return doubt.purchase() != null && doubt.purchase().store().equals("stripe");
  }

  private boolean isHeldByAnother(String who, Instant now) {
    return claimedBy != null && !claimedBy.equals(who) && !isOver(now);
  }

  private boolean isOver(Instant now) {
    return leaseUntil == null || !now.isBefore(leaseUntil);
  }
}
