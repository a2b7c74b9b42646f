package dev.fireside.payouts.domain;

import dev.fireside.ledger.domain.AccountName;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.Position;
import dev.fireside.shared.ids.Uid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a creator earned in a period. Never changed: a correction is the next version, and states
/// the difference.
///
/// @param run the run's name
/// @param uid the creator
/// @param version 1 for the first
/// @param seconds seconds watched
/// @param gifts units of gifts received
/// @param watchAmount share of the pool for watch time, in minor units
/// @param giftAmount share of the pool for gifts, in minor units
/// @param correction what a later version adds or takes away; 0 in the first
/// @param reason why it was corrected; null in the first
/// @param reserve what of it is held back longer
/// @param issuedAt when it was written
public record Statement(
    String run,
    Uid uid,
    int version,
    String currency,
    long seconds,
    long gifts,
    long watchAmount,
    long giftAmount,
    long correction,
    @Nullable String reason,
    long reserve,
    Instant issuedAt) {

  /// The first version.
  public static Statement first(PayoutRun run, Share share, Instant now) {
    long earned = share.earned();
    return new Statement(
        run.id(),
        share.uid(),
        1,
        run.currency(),
        share.seconds(),
        share.gifts(),
        share.watchAmount(),
        share.giftAmount(),
        0,
        null,
        run.reserveOf(earned),
        now);
  }

  /// The version that corrects what was stated before.
  public static Statement corrected(
      PayoutRun run, Uid uid, int version, long amount, String reason, Instant now) {
    return new Statement(
        run.id(), uid, version, run.currency(), 0, 0, 0, 0, amount, reason, 0, now);
  }

  /// Names the statement, for ever: transfers carry it.
  public String id() {
    return id(run, uid, version);
  }

  /// The name of a statement.
  public static String id(String run, Uid uid, int version) {
    return run + ":" + uid + ":" + version;
  }

  /// What it gives, in minor units; negative for a correction that takes back.
  public long earned() {
    return watchAmount + giftAmount + correction;
  }

  /// What it says in the books. The first version takes from the pool and waits on hold; a
  /// correction is at the house's cost and owed, or owed to us, at once.
  public Journal journal(PayoutRun terms) {
    var position = new Position();
    if (version == 1) {
      position.move(AccountName.hold(uid), AccountName.pool(run), terms.asset(), earned());
    } else {
      position.move(AccountName.payable(uid), AccountName.CREATOR_COST, terms.asset(), correction);
    }
    return new Journal(
        "statement:" + id(),
        PayoutJournals.STATEMENT,
        Book.LIVE,
        uid,
        issuedAt,
        null,
        position.since(new Position()));
  }
}
