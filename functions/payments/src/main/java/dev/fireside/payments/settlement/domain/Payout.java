package dev.fireside.payments.settlement.domain;

import dev.fireside.ledger.domain.AccountName;
import dev.fireside.ledger.domain.Asset;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.Position;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A payout of Stripe's to our bank, as far as it is known.
///
/// @param id Stripe's id of it
/// @param amount what is paid out; negative where Stripe takes it from our bank
/// @param status how far it is: it only ever goes on, so that reports may come in any order
/// @param arrivesAt when it is at the bank
/// @param contents whether what it is made of has been read
public record Payout(
    String id, Book book, Money amount, Status status, Instant arrivesAt, Contents contents) {
  /// How far a payout is; later constants settle it.
  public enum Status {
    PENDING,
    PAID,
    CANCELED,
    /// It can fail after it was paid: a bank sends it back.
    FAILED
  }

  /// Whether what a payout is made of has been read: a manual payout is of nothing that Stripe
  /// could list.
  public enum Contents {
    UNLISTED,
    DUE,
    READ
  }

  /// The document's name of it.
  public String name() {
    return String.join(":", "stripe", book.wireName(), id);
  }

  /// What is known once this is reported after `before`.
  public Payout after(@Nullable Payout before) {
    Status latest = before != null && before.status.compareTo(status) > 0 ? before.status : status;
    Contents known =
        before != null && before.contents.compareTo(contents) > 0 ? before.contents : contents;
    // Nothing is left in what did not arrive.
    boolean listed = latest == Status.PAID || known != Contents.DUE;
    return new Payout(id, book, amount, latest, arrivesAt, listed ? known : Contents.UNLISTED);
  }

  /// The journals that are due when this is known after `before`.
  public List<Journal> journals(@Nullable Payout before) {
    boolean wasPaid = before != null && before.status == Status.PAID;
    return switch (status) {
      case PENDING -> List.of();
      case PAID -> wasPaid ? List.of() : List.of(paid());
      case CANCELED, FAILED -> wasPaid ? List.of(takenBack()) : List.of();
    };
  }

  private Journal paid() {
    var position = new Position();
    position.move(
        AccountName.receivable("stripe"),
        AccountName.bank("stripe"),
        new Asset(amount.currency()),
        amount.minor());
    return new Journal(
        journalId(),
        SettlementJournals.STORE_PAYOUT,
        book,
        null,
        arrivesAt,
        null,
        position.since(new Position()));
  }

  private Journal takenBack() {
    return paid()
        .reversal(journalId() + ":reversed", SettlementJournals.STORE_PAYOUT_REVERSED, arrivesAt);
  }

  /// The id of the journal that books it.
  public String journalId() {
    return String.join(":", "stripe", book.wireName(), "payout", id);
  }
}
