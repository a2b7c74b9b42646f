package dev.fireside.payouts.domain;

import dev.fireside.ledger.domain.Asset;
import dev.fireside.ledger.domain.Money;
import dev.fireside.shared.ids.Uid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The way of one statement's money, or of its reserve, to the creator. What is transferred is all
/// that we owe the creator by then, so that what was too little before comes along, and what they
/// owe us is taken off.
///
/// @param terms what it is about; never changes
/// @param state where it stands
public record Payout(Terms terms, State state) {
  /// What of a statement is paid out, and to whom.
  ///
  /// @param id the statement's, with `:reserve` after it for the reserve
  /// @param run the run's name
  /// @param minimum least amount that is transferred, in minor units
  /// @param released what leaves the hold, in minor units
  public record Terms(
      String id, String run, Uid uid, String currency, long minimum, long released) {
    /// The currency as the ledger counts it.
    public Asset asset() {
      return new Asset(currency);
    }
  }

  /// Where a payout stands. Only what is pending has a transfer under way, and only what is paid
  /// has one that Stripe made.
  public sealed interface State {
    /// On hold, for refunds and disputes.
    ///
    /// @param until when the hold ends
    record Waiting(Instant until) implements State {}

    /// Owed, but not to be transferred now.
    ///
    /// @param last the request that was given up; null where none was made
    /// @param reason why it does not go on
    /// @param nextAt when to try again
    record Blocked(@Nullable TransferRequest last, String reason, Instant nextAt)
        implements State {}

    /// In the books as under way.
    ///
    /// @param nextAt when to ask what became of the request
    record Pending(TransferRequest request, Instant nextAt) implements State {
      /// This, tried again by the key that holds, else by the next one. Only after Stripe was asked
      /// whether the transfer was made already.
      public Pending retried(Instant now) {
        return new Pending(request.retried(now), now.plus(TransferRequest.LEASE));
      }

      /// This, with what Stripe answered to the last call.
      public Pending answered(TransferRequest.Answer answer, Instant now) {
        return new Pending(request.answered(answer), now.plus(answer.pause()));
      }

      /// This given up, for now.
      public Blocked blocked(String reason, Instant now) {
        return new Blocked(request, reason, now.plus(TransferRequest.PATIENCE));
      }

      /// This, refused by Stripe: to be asked for again, but less often each time.
      public Blocked refused(String why, Instant now) {
        return new Blocked(
            request, "Stripe refused the transfer: " + why, now.plus(request.pauseAfterRefusal()));
      }

      /// This, transferred.
      public Paid paid(String transfer) {
        return new Paid(request, transfer, 0);
      }
    }

    /// Transferred.
    ///
    /// @param transfer Stripe's id of the transfer
    /// @param reversed how much of it came back, in minor units
    record Paid(TransferRequest request, String transfer, long reversed) implements State {
      /// This, so much of it having come back in all.
      public Paid reversed(long total) {
        return new Paid(request, transfer, total);
      }
    }

    /// Too little: it goes with a later one.
    ///
    /// @param last the request that was given up; null where none was made
    record Carried(@Nullable TransferRequest last) implements State {}
  }

  /// What of a statement waits on hold first.
  public static Payout waiting(String id, PayoutRun run, Uid uid, long released, Instant until) {
    return new Payout(
        new Terms(id, run.id(), uid, run.currency(), run.minimum(), released),
        new State.Waiting(until));
  }

  /// This, in another state.
  public Payout with(State next) {
    return new Payout(terms, next);
  }

  /// This, too little to be transferred.
  public Payout carried() {
    return with(new State.Carried(last()));
  }

  /// This, waiting for its account.
  public Payout blocked(String reason, Instant now) {
    return with(new State.Blocked(last(), reason, now.plus(TransferRequest.PATIENCE)));
  }

  /// This, to be transferred.
  public State.Pending pending(long owed, String account, Instant now) {
    TransferRequest last = last();
    TransferRequest next =
        last == null ? TransferRequest.first(owed, account, now) : last.again(owed, account, now);
    return new State.Pending(next, now.plus(TransferRequest.LEASE));
  }

  /// What of some debt can be transferred at once: all but what Stripe cannot move.
  public long transferable(long owed) {
    return owed - Math.floorMod(owed, Money.stripeStep(terms.currency()));
  }

  /// The last request for a transfer; null where none was made.
  public @Nullable TransferRequest last() {
    return switch (state) {
      case State.Waiting _ -> null;
      case State.Blocked blocked -> blocked.last();
      case State.Pending pending -> pending.request();
      case State.Paid paid -> paid.request();
      case State.Carried carried -> carried.last();
    };
  }

  /// What is transferred, or about to be, in minor units; 0 where nothing is.
  public long transferred() {
    return switch (state) {
      case State.Pending pending -> pending.request().amount();
      case State.Paid paid -> paid.request().amount();
      case State.Waiting _, State.Blocked _, State.Carried _ -> 0;
    };
  }

  /// How much of the transfer came back, in minor units.
  public long reversed() {
    return state instanceof State.Paid paid ? paid.reversed() : 0;
  }

  /// Why it does not go on; null where it does.
  public @Nullable String detail() {
    return switch (state) {
      case State.Blocked blocked -> blocked.reason();
      case State.Carried _ -> "Less than the minimum is owed";
      case State.Waiting _, State.Pending _, State.Paid _ -> null;
    };
  }

  /// When there is something to do again; null for never.
  public @Nullable Instant nextAt() {
    return switch (state) {
      case State.Waiting waiting -> waiting.until();
      case State.Blocked blocked -> blocked.nextAt();
      case State.Pending pending -> pending.nextAt();
      case State.Paid _, State.Carried _ -> null;
    };
  }
}
