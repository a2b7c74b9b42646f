package dev.fireside.payments.settlement;

import dev.fireside.ledger.Act;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.payments.settlement.domain.Movement;
import dev.fireside.payments.settlement.store.AwaitedStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Books a movement of our balance at Stripe: once, whoever brings it.
final class BookMovement {
  private static final Logger log = LoggerFactory.getLogger(BookMovement.class);

  /// The reason of cases about money that is not where it should be.
  static final String DIFFERENCE = "settlement_difference";

  private final LedgerStore ledger;
  private final AwaitedStore awaited;

  BookMovement(LedgerStore ledger, AwaitedStore awaited) {
    this.ledger = ledger;
    this.awaited = awaited;
  }

  /// Books it, and awaits it no more.
  Act act(Movement movement, Book book) {
    String source = movement.source();
    Optional<Journal> journal = movement.journal(book);
    return transaction -> {
      boolean raised =
          movement.isUnexplained() && !ledger.exists(transaction, movement.journalId(book));
      if (raised) {
        log.error(
            "ALERT nobody knows what Stripe's balance transaction {} is for: {}",
            movement.id(),
            movement.category());
      }
      return new Act.Plan(
          journal.stream().toList(),
          raised && book == Book.LIVE ? List.of(doubt(movement, book)) : List.of(),
          writes -> {
            if (source != null) {
              awaited.remove(writes, source);
            }
          });
    };
  }

  private static ReviewCase doubt(Movement movement, Book book) {
    return new ReviewCase(
        DIFFERENCE + ":" + movement.journalId(book),
        "",
        DIFFERENCE,
        null,
        null,
        Math.abs(movement.amount().minor()),
        movement.amount().currency(),
        Map.of(
            "journal", movement.journalId(book),
            "transaction", movement.id(),
            "category", movement.category(),
            "amount", Long.toString(movement.amount().minor())));
  }
}
