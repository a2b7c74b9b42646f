package dev.fireside.payments.settlement.domain;

import dev.fireside.ledger.domain.AccountName;
import dev.fireside.ledger.domain.Asset;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.Position;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a store settled for a period, as it says itself and as it paid; amounts in minor units.
///
/// @param store the store
/// @param reference names the store's own report or payment
/// @param period the days it is for
/// @param currency of all amounts
/// @param gross what was sold, as the store says
/// @param commission what the store keeps, as it says
/// @param tax what the store pays as tax, as it says
/// @param paid what arrived
/// @param paidAt when it arrived
/// @param expected what the books expected for the period, less what was settled of it before
/// @param by who recorded it
/// @param reversedBy who took it back; null while it stands
public record Statement(
    String store,
    String reference,
    Period period,
    String currency,
    long gross,
    long commission,
    long tax,
    long paid,
    Instant paidAt,
    long expected,
    String by,
    @Nullable String reversedBy) {
  /// What was expected and did not arrive; negative where more arrived.
  public long difference() {
    return Math.subtractExact(expected, paid);
  }

  /// The document's name of it.
  public String name() {
    return String.join(":", store, Book.LIVE.wireName(), reference);
  }

  /// This, when the books expected so much.
  public Statement expecting(long amount) {
    return with(amount, by, reversedBy);
  }

  /// This, taken back.
  public Statement reversed(String reverser) {
    return with(expected, by, reverser);
  }

  /// Whether it says the same as another of its reference.
  public boolean isSame(Statement other) {
    return with(0, "", null).equals(other.with(0, "", null));
  }

  private Statement with(long books, String recorder, @Nullable String reverser) {
    return new Statement(
        store,
        reference,
        period,
        currency,
        gross,
        commission,
        tax,
        paid,
        paidAt,
        books,
        recorder,
        reverser);
  }

  /// The journal that books it: what arrived, and what did not as a difference.
  public Journal journal() {
    var position = new Position();
    var asset = new Asset(currency);
    AccountName receivable = AccountName.receivable(store);
    position.move(receivable, AccountName.bank(store), asset, paid);
    position.move(receivable, AccountName.settlementDifference(store), asset, difference());
    return new Journal(
        "settlement:" + name(),
        SettlementJournals.SETTLEMENT,
        Book.LIVE,
        null,
        paidAt,
        null,
        position.since(new Position()),
        period.text() + " by " + by);
  }

  /// The journal that takes it back.
  public Journal reversal(String reverser, Instant at) {
    Journal reversal =
        journal()
            .reversal(
                "settlement:" + name() + ":reversed", SettlementJournals.SETTLEMENT_REVERSED, at);
    return new Journal(
        reversal.id(),
        reversal.kind(),
        reversal.book(),
        null,
        at,
        reversal.reverses(),
        reversal.postings(),
        "by " + reverser);
  }

  /// What of it a case shows.
  public List<String> evidence() {
    return List.of(
        "period", period.text(),
        "reference", reference,
        "gross", Long.toString(gross),
        "commission", Long.toString(commission),
        "tax", Long.toString(tax),
        "paid", Long.toString(paid),
        "expected", Long.toString(expected));
  }
}
