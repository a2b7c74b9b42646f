package dev.fireside.payouts.domain;

import dev.fireside.ledger.domain.AccountName;
import dev.fireside.ledger.domain.Asset;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.JournalKind;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.Position;
import dev.fireside.ledger.domain.Posting;
import dev.fireside.shared.ids.Uid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way of one statement's money, or of its reserve, to the creator. What is transferred is all
/// that we owe the creator by then, so that what was too little before comes along, and what they
/// owe us is taken off.
///
/// @param id the statement's, with `:reserve` after it for the reserve
/// @param run the run's name
/// @param minimum least amount that is transferred
/// @param released what leaves the hold, in minor units
/// @param status where it stands
/// @param amount what is transferred, or was to be when it was last under way; 0 before that
/// @param account Stripe's id of the account that it goes, or was to go, to; null before that
/// @param round how often it was put under way; more than once where Stripe refused it before
/// @param attempt the number of the idempotency key at Stripe; 0 before the first
/// @param attemptAt when that key was used first; null before the first
/// @param answer what became of the last call
/// @param transfer Stripe's id of the transfer; null before it is known
/// @param reversed how much of the transfer came back
/// @param detail why it does not go on; null where it does
/// @param nextAt when there is something to do again; null for never
public record Payout(
    String id,
    String run,
    Uid uid,
    String currency,
    long minimum,
    long released,
    Status status,
    long amount,
    @Nullable String account,
    int round,
    int attempt,
    @Nullable Instant attemptAt,
    Answer answer,
    @Nullable String transfer,
    long reversed,
    @Nullable String detail,
    @Nullable Instant nextAt) {
  /// Stripe keeps an idempotency key for at least 24 hours; ours end earlier, so that no clock
  /// matters.
  public static final Duration KEY_LIFE = Duration.ofHours(20);

  /// How long one process has for a call before another may ask what became of it.
  public static final Duration LEASE = Duration.ofMinutes(5);

  /// How long to wait for an account that is closed, or for money.
  public static final Duration PATIENCE = Duration.ofHours(6);

  /// Our money at Stripe, from which transfers go.
  private static final AccountName STRIPE = AccountName.receivable("stripe");

  /// How often the wait after a refusal doubles: up to 32 days.
  private static final int DOUBLINGS = 7;

  /// Where a payout stands.
  public enum Status {
    /// On hold, for refunds and disputes.
    WAITING,
    /// Owed, but the account is closed.
    BLOCKED,
    /// In the books as under way.
    PENDING,
    /// Transferred.
    PAID,
    /// Too little: it goes with a later one.
    CARRIED
  }

  /// What Stripe said last.
  public enum Answer {
    /// Nothing: not asked yet, or the answer was lost.
    UNKNOWN,
    /// That our balance is too low; the key stands for that answer.
    NO_FUNDS,
    /// A failure of its own; the key stands for that answer.
    FAILED
  }

  /// What of a statement waits on hold first.
  public static Payout waiting(
      String id, PayoutRun run, Uid uid, long released, Instant releaseAt) {
    return new Payout(
        id,
        run.id(),
        uid,
        run.currency(),
        run.minimum(),
        released,
        Status.WAITING,
        0,
        null,
        0,
        0,
        null,
        Answer.UNKNOWN,
        null,
        0,
        null,
        releaseAt);
  }

  /// What of some debt can be transferred at once: all but what Stripe cannot move.
  public long transferable(long owed) {
    return owed - Math.floorMod(owed, Money.stripeStep(currency));
  }

  /// What is transferred, or about to be; 0 where nothing is.
  public long transferred() {
    return status == Status.PENDING || status == Status.PAID ? amount : 0;
  }

  /// Whether it is settled.
  public boolean isDone() {
    return status == Status.PAID || status == Status.CARRIED;
  }

  /// The idempotency key at Stripe.
  public String key() {
    return attempt == 1 ? "payout:" + id : "payout:" + id + ":" + attempt;
  }

  /// The currency as the ledger counts it.
  public Asset asset() {
    return new Asset(currency);
  }

  /// This, too little to be transferred.
  public Payout carried() {
    return with(Status.CARRIED, amount, account, "Less than the minimum is owed", null);
  }

  /// This, waiting for its account.
  public Payout blocked(String reason, Instant now) {
    return with(Status.BLOCKED, amount, account, reason, now.plus(PATIENCE));
  }

  /// This, refused by Stripe: to be asked for again, but less often each time.
  public Payout refused(String why, Instant now) {
    Duration pause = PATIENCE.multipliedBy(1L << Math.min(round - 1, DOUBLINGS));
    return with(
        Status.BLOCKED, amount, account, "Stripe refused the transfer: " + why, now.plus(pause));
  }

  /// This, to be transferred.
  public Payout pending(long owed, String destination, Instant now) {
    Payout pending = with(Status.PENDING, owed, destination, null, now.plus(LEASE));
    return pending.attempted(attempt + 1, now, Answer.UNKNOWN, now.plus(LEASE));
  }

  /// Whether the key that was used last may be used again: Stripe still knows it, and it does not
  /// stand for a failure.
  public boolean keyHolds(Instant now) {
    return answer == Answer.UNKNOWN && attemptAt != null && now.isBefore(attemptAt.plus(KEY_LIFE));
  }

  /// This, tried again by the key that holds, else by the next one. Only after Stripe was asked
  /// whether there is a transfer already.
  public Payout retried(Instant now) {
    return keyHolds(now)
        ? attempted(attempt, attemptAt == null ? now : attemptAt, Answer.UNKNOWN, now.plus(LEASE))
        : attempted(attempt + 1, now, Answer.UNKNOWN, now.plus(LEASE));
  }

  /// This, with what Stripe answered to the last call.
  public Payout answered(Answer told, Instant now) {
    Duration pause = told == Answer.NO_FUNDS ? PATIENCE : LEASE;
    return attempted(attempt, attemptAt == null ? now : attemptAt, told, now.plus(pause));
  }

  /// This, transferred.
  public Payout paid(String transferId) {
    return new Payout(
        id,
        run,
        uid,
        currency,
        minimum,
        released,
        Status.PAID,
        amount,
        account,
        round,
        attempt,
        attemptAt,
        answer,
        transferId,
        reversed,
        null,
        null);
  }

  /// This, so much of it having come back.
  public Payout reversed(long total) {
    return new Payout(
        id, run, uid, currency, minimum, released, status, amount, account, round, attempt,
        attemptAt, answer, transfer, total, detail, nextAt);
  }

  private Payout attempted(int number, Instant since, Answer told, Instant next) {
    return new Payout(
        id, run, uid, currency, minimum, released, status, amount, account, round, number, since,
        told, transfer, reversed, detail, next);
  }

  private Payout with(
      Status next,
      long owed,
      @Nullable String destination,
      @Nullable String why,
      @Nullable Instant at) {
    return new Payout(
        id,
        run,
        uid,
        currency,
        minimum,
        released,
        next,
        owed,
        destination,
        next == Status.PENDING ? round + 1 : round,
        attempt,
        attemptAt,
        answer,
        transfer,
        reversed,
        why,
        at);
  }

  /// The hold ends.
  public Journal releaseJournal(Instant now) {
    return journal(
        "release",
        PayoutJournals.RELEASED,
        AccountName.payable(uid),
        AccountName.hold(uid),
        released,
        now);
  }

  /// The transfer is under way.
  public Journal pendingJournal(Instant now) {
    return new Journal(
        pendingId(),
        PayoutJournals.PAYOUT,
        Book.LIVE,
        uid,
        now,
        null,
        postings(AccountName.STRIPE_TRANSFER_CLEARING, AccountName.payable(uid), amount));
  }

  /// The transfer is done.
  public Journal postedJournal(Instant now) {
    return journal(
        "posted", PayoutJournals.POSTED, STRIPE, AccountName.STRIPE_TRANSFER_CLEARING, amount, now);
  }

  /// The transfer will not be.
  public Journal voidedJournal(Instant now) {
    return pendingJournal(now).reversal(pendingId() + ":void", PayoutJournals.VOIDED, now);
  }

  /// Some of the transfer came back.
  public Journal reversedJournal(long total, Instant now) {
    return journal(
        "reversed:" + total,
        PayoutJournals.REVERSED,
        AccountName.payable(uid),
        STRIPE,
        total - reversed,
        now);
  }

  private String pendingId() {
    return "payout:" + id + ":" + round;
  }

  private Journal journal(
      String name, JournalKind kind, AccountName from, AccountName to, long minor, Instant now) {
    return new Journal(
        "payout:" + id + ":" + name, kind, Book.LIVE, uid, now, null, postings(from, to, minor));
  }

  private List<Posting> postings(AccountName from, AccountName to, long minor) {
    var position = new Position();
    position.move(from, to, asset(), minor);
    return position.since(new Position());
  }
}
