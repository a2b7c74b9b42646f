package dev.fireside.payments.reviews.domain;

import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.payments.purchases.domain.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A case on its way to a decision.
///
/// @param doubt what is to be decided; never changes
/// @param openedAt when it was opened
/// @param deadline when it decides itself
/// @param state how far the decision is
/// @param notes what people noted about it, in this order; none is ever changed
public record Review(
    ReviewCase doubt, Instant openedAt, Instant deadline, State state, List<Note> notes) {
  /// The reason of a refund that somebody asks for, of a purchase that nobody doubts: its decision
  /// says whether the money goes back, and takes nothing by itself.
  public static final String REFUND_REQUESTED = "refund_requested";

  /// How many cases of one purchase are looked at together: of one with more, two people decide
  /// what is given back.
  public static final int OF_PURCHASE_MAX = 100;

  /// Notes of one case.
  public static final int NOTES_MAX = 100;

  /// In place of a person: the deadline.
  public static final String NOBODY = "deadline";

  /// How long a claim keeps others off.
  public static final Duration LEASE = Duration.ofMinutes(30);

  public Review {
    notes = List.copyOf(notes);
  }

  /// What somebody noted about a case.
  ///
  /// @param id the same note has the same id
  public record Note(String id, String by, Instant at, String text) {}

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
    MANUAL,
    /// It cannot be given back: the customer's bank has taken it back by a dispute.
    DISPUTED
  }

  /// Who looks at a case, and until when it is theirs.
  public record Claim(String by, Instant until) {}

  /// What one person decided where two must.
  public record Proposal(Decision what, String by) {}

  /// How far a decision is.
  public sealed interface State {
    /// What one person decided where two must; null for nothing.
    @Nullable Proposal proposal();

    /// Waits for a decision.
    ///
    /// @param claim who looks at it; null for nobody
    record Open(@Nullable Claim claim, @Nullable Proposal proposal) implements State {
      private boolean isHeldByAnother(String who, Instant now) {
        return claim != null && !claim.by().equals(who) && now.isBefore(claim.until());
      }

      private boolean isHeldBy(String who, Instant now) {
        return claim != null && claim.by().equals(who) && now.isBefore(claim.until());
      }

      private boolean isProposed(Decision what) {
        return proposal != null && proposal.what() == what;
      }

      private boolean isProposedBy(String who) {
        return proposal != null && proposal.by().equals(who);
      }
    }

    /// Decided.
    ///
    /// @param deciders who decided; [#NOBODY] where nobody did in time
    /// @param refund whether the provider must be asked to give the money back
    /// @param refundId the provider's id of what it gives back; null while it was not asked
    record Decided(
        Decision decision,
        List<String> deciders,
        Instant at,
        Refund refund,
        @Nullable String refundId,
        @Nullable Proposal proposal)
        implements State {
      public Decided {
        deciders = List.copyOf(deciders);
      }

      /// What becomes of the purchase.
      public Hold hold() {
        return decision == Decision.GRANT ? Hold.OPEN : Hold.DENIED;
      }
    }
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

  /// A case as it is opened.
  public static Review opened(ReviewCase doubt, Instant now) {
    return new Review(doubt, now, doubt.deadline(now), new State.Open(null, null), List.of());
  }

  /// Whether somebody asks for the refund of a purchase that nobody doubts.
  public boolean isRequest() {
    return doubt.reason().equals(REFUND_REQUESTED);
  }

  /// This and a note; the same where it has that note already.
  public Review noted(Note note) {
    if (notes.stream().anyMatch(known -> known.id().equals(note.id()))) {
      return this;
    }
    var more = new ArrayList<>(notes);
    more.add(note);
    return new Review(doubt, openedAt, deadline, state, more);
  }

  /// Whether it waits for a decision.
  public boolean isOpen() {
    return state instanceof State.Open;
  }

  /// Takes the case for a while.
  public Step claim(String who, Stake stake, Instant now) {
    if (!(state instanceof State.Open open)) {
      return new Step.Refused("The case is decided", false);
    }
    if (stake.people().contains(who)) {
      return new Step.Refused("Nobody decides about themselves", true);
    }
    if (open.isHeldByAnother(who, now)) {
      return new Step.Refused("Somebody else looks at the case", false);
    }
    return new Step.Done(
        with(new State.Open(new Claim(who, now.plus(LEASE)), open.proposal())), true);
  }

  /// Decides the case, or, where two must, says what one of them thinks.
  ///
  /// @param twoPersons whether a second person must decide alike
  public Step decide(String who, Decision what, Stake stake, boolean twoPersons, Instant now) {
    return switch (state) {
      case State.Decided decided ->
          what == decided.decision() && decided.deciders().contains(who)
              ? new Step.Done(this, false)
              : new Step.Refused("The case is decided", false);
      case State.Open open -> decide(open, who, what, stake, twoPersons, now);
    };
  }

  private Step decide(
      State.Open open, String who, Decision what, Stake stake, boolean twoPersons, Instant now) {
    if (stake.people().contains(who)) {
      return new Step.Refused("Nobody decides about themselves", true);
    }
    if (twoPersons && open.isProposedBy(who) && open.isProposed(what)) {
      return new Step.Done(this, false);
    }
    if (!open.isHeldBy(who, now)) {
      return new Step.Refused("Claim the case first", false);
    }
    Proposal first = open.proposal();
    if (first != null && first.what() == what && !first.by().equals(who)) {
      return new Step.Done(decided(what, List.of(first.by(), who), now), true);
    }
    return twoPersons
        ? new Step.Done(with(new State.Open(null, new Proposal(what, who))), true)
        : new Step.Done(decided(what, List.of(who), now), true);
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
  /// @param trusted whether it is no doubt any more: what nobody could count at first was counted
  ///   since and is one person's to decide (where not, that is asked again until the case ends as
  ///   others do), or what was paid is explained
  public Review overdue(boolean trusted, Instant now) {
    if (isToBeCounted(now)) {
      return trusted ? decided(Decision.GRANT, List.of(NOBODY), now) : postponed(now);
    }
    return isOpen() && !now.isBefore(deadline)
        ? decided(trusted ? Decision.GRANT : automatic(), List.of(NOBODY), now)
        : this;
  }

  /// The case once its time is over, where all the money went back meanwhile: there is nothing to
  /// refund.
  public Review overdueGivenBack(Instant now) {
    if (!isOpen() || now.isBefore(deadline)) {
      return this;
    }
    Decision what = automatic();
    return decided(what == Decision.REFUND ? Decision.DENY : what, List.of(NOBODY), now);
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
    return new Review(doubt, openedAt, next.isBefore(end) ? next : end, state, notes);
  }

  private Review decided(Decision what, List<String> who, Instant now) {
    Refund refund = Refund.NONE;
    if (what == Decision.REFUND) {
      refund = isStripe() ? Refund.DUE : Refund.MANUAL;
    }
    return with(new State.Decided(what, who, now, refund, null, state.proposal()));
  }

  /// This, with where giving the money back stands; the same where nothing is decided.
  ///
  /// @param id the provider's id of what it gives back; null for none
  public Review withRefund(Refund next, @Nullable String id) {
    return switch (state) {
      case State.Open _ -> this;
      case State.Decided(var what, var who, var at, _, _, var proposal) ->
          with(new State.Decided(what, who, at, next, id, proposal));
    };
  }

  private Review with(State next) {
    return new Review(doubt, openedAt, deadline, next, notes);
  }

  private boolean isStripe() {
    return doubt.purchase() != null && doubt.purchase().store().equals("stripe");
  }
}
