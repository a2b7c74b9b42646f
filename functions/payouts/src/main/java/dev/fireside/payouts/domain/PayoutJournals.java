package dev.fireside.payouts.domain;

import dev.fireside.ledger.domain.AccountName;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.JournalKind;
import dev.fireside.ledger.domain.Position;
import dev.fireside.ledger.domain.Posting;
import dev.fireside.payouts.domain.Payout.Terms;
import java.time.Instant;
import java.util.List;

/// The journals about creators' earnings. Their ids begin with `payout:{id}`; those of a request
/// that was given up and made again go on with its round.
public final class PayoutJournals {
  public static final JournalKind ACCRUAL = new JournalKind("accrual");
  public static final JournalKind STATEMENT = new JournalKind("statement");
  public static final JournalKind RELEASED = new JournalKind("payout_released");
  public static final JournalKind PAYOUT = new JournalKind("payout");
  public static final JournalKind POSTED = new JournalKind("payout_posted");
  public static final JournalKind VOIDED = new JournalKind("payout_voided");
  public static final JournalKind REVERSED = new JournalKind("payout_reversed");

  /// Our money at Stripe, from which transfers go.
  private static final AccountName STRIPE = AccountName.receivable("stripe");

  private PayoutJournals() {}

  /// The hold ends.
  public static Journal released(Terms terms, Instant now) {
    return journal(
        terms,
        "release",
        RELEASED,
        AccountName.payable(terms.uid()),
        AccountName.hold(terms.uid()),
        terms.released(),
        now);
  }

  /// The transfer is under way.
  public static Journal pending(Terms terms, TransferRequest request, Instant now) {
    return journal(
        terms,
        String.valueOf(request.round()),
        PAYOUT,
        AccountName.STRIPE_TRANSFER_CLEARING,
        AccountName.payable(terms.uid()),
        request.amount(),
        now);
  }

  /// The transfer is done.
  public static Journal posted(Terms terms, TransferRequest request, Instant now) {
    return journal(
        terms,
        "posted",
        POSTED,
        STRIPE,
        AccountName.STRIPE_TRANSFER_CLEARING,
        request.amount(),
        now);
  }

  /// The transfer will not be made.
  public static Journal voided(Terms terms, TransferRequest request, Instant now) {
    Journal pending = pending(terms, request, now);
    return pending.reversal(pending.id() + ":void", VOIDED, now);
  }

  /// More of the transfer came back, `total` in all.
  public static Journal reversed(Terms terms, Payout.State.Paid paid, long total, Instant now) {
    return journal(
        terms,
        "reversed:" + total,
        REVERSED,
        AccountName.payable(terms.uid()),
        STRIPE,
        total - paid.reversed(),
        now);
  }

  private static Journal journal(
      Terms terms,
      String name,
      JournalKind kind,
      AccountName from,
      AccountName to,
      long minor,
      Instant now) {
    return new Journal(
        "payout:" + terms.id() + ":" + name,
        kind,
        Book.LIVE,
        terms.uid(),
        now,
        null,
        postings(terms, from, to, minor));
  }

  private static List<Posting> postings(Terms terms, AccountName from, AccountName to, long minor) {
    var position = new Position();
    position.move(from, to, terms.asset(), minor);
    return position.since(new Position());
  }
}
