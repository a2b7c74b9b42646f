package dev.fireside.payments.settlement.domain;

import dev.fireside.ledger.domain.AccountName;
import dev.fireside.ledger.domain.Asset;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.Position;
import dev.fireside.ledger.domain.Posting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One movement of our balance at Stripe, a balance transaction: what it says beside the sale,
/// refund, dispute, transfer or payout that moved it, whose own journals book the amount.
///
/// @param id Stripe's id of it
/// @param at when it was made, in milliseconds
/// @param category as Stripe's reports name it
/// @param amount what came (+) or went (−), before the fee, in the currency of the balance
/// @param fee what Stripe keeps of it, in the same currency; negative where it gives a fee back
/// @param source what it is about; null for nothing of its own
/// @param charged the amount in the currency of the source, with the sign of the amount; null where
///   the source is not known
public record Movement(
    String id,
    long at,
    String category,
    Money amount,
    long fee,
    @Nullable String source,
    @Nullable Money charged) {
  private static final String STORE = "stripe";

  /// Sales and what becomes of them.
  private static final Set<String> SALES =
      Set.of("charge", "charge_failure", "partial_capture_reversal", "refund", "refund_failure");

  /// Their fees are booked with the disputes, whose events bring them.
  private static final Set<String> DISPUTES = Set.of("dispute", "dispute_reversal");

  private static final Set<String> PAID_OUT =
      Set.of("payout", "payout_reversal", "transfer", "transfer_reversal");

  /// What Stripe asks for its services, and the tax on it.
  private static final Set<String> FEES = Set.of("fee", "network_cost", "tax");

  /// Money of our own that comes and goes by our banks.
  private static final Set<String> BANK = Set.of("topup", "topup_reversal");

  /// Whether other journals book the amount.
  private boolean isBookedElsewhere() {
    return SALES.contains(category) || DISPUTES.contains(category) || PAID_OUT.contains(category);
  }

  /// Whether it is about a sale, so that there must be a purchase of it.
  public boolean isOfSale() {
    return SALES.contains(category) || DISPUTES.contains(category);
  }

  /// What a dispute costs beside, which is booked with its sale; 0 of all else.
  public long feeOfDispute() {
    return DISPUTES.contains(category) ? fee : 0;
  }

  /// Whether it is what a sale brought.
  public boolean isCharge() {
    return category.equals("charge");
  }

  /// Whether it is a payout's own.
  public boolean isPayout() {
    return category.startsWith("payout");
  }

  /// Whether nobody knows what it is for: the money stands among the differences then, until
  /// somebody has looked.
  public boolean isUnexplained() {
    return !isBookedElsewhere() && !FEES.contains(category) && !BANK.contains(category);
  }

  /// What of it reaches the balance, in minor units.
  public long net() {
    return Math.subtractExact(amount.minor(), fee);
  }

  /// The id of its journal.
  public String journalId(Book book) {
    return String.join(":", STORE, book.wireName(), "balance", id);
  }

  /// Its journal; empty where there is nothing to book.
  public Optional<Journal> journal(Book book) {
    List<Posting> postings = position().since(new Position());
    return postings.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Journal(
                journalId(book),
                SettlementJournals.BALANCE_TRANSACTION,
                book,
                null,
                Instant.ofEpochMilli(at),
                null,
                postings,
                source == null ? category : category + " " + source));
  }

  private Position position() {
    var position = new Position();
    var asset = new Asset(amount.currency());
    AccountName receivable = AccountName.receivable(STORE);
    if (FEES.contains(category)) {
      position.move(AccountName.fees(STORE), receivable, asset, amount.minor());
    } else if (BANK.contains(category)) {
      position.move(AccountName.bank(STORE), receivable, asset, amount.minor());
    } else if (isUnexplained()) {
      position.move(AccountName.settlementDifference(STORE), receivable, asset, amount.minor());
    } else if (charged != null && !charged.currency().equals(amount.currency())) {
      // It was booked in the currency of the sale, and is there in another.
      AccountName exchange = AccountName.exchange(STORE);
      position.move(receivable, exchange, new Asset(charged.currency()), charged.minor());
      position.move(exchange, receivable, asset, amount.minor());
    }
    if (!DISPUTES.contains(category)) {
      position.move(receivable, AccountName.fees(STORE), asset, fee);
    }
    return position;
  }
}
