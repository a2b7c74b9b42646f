package dev.fireside.ledger;

import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.shared.store.Transaction;
import java.util.List;
import java.util.function.Consumer;

/// What takes effect in the same transaction and is no fact of a purchase: a payout, a decision,
/// the state of an order.
@FunctionalInterface
public interface Act {
  /// Reads what it needs and says what is to be done. It is called again with every attempt of the
  /// transaction; what it throws ends the transaction, and then nothing is written.
  Plan plan(Transaction transaction);

  /// What is to be done.
  ///
  /// @param journals to be posted, each unless it was posted before
  /// @param cases to be opened, each unless it was opened before
  /// @param writes everything else; reads nothing
  record Plan(List<Journal> journals, List<ReviewCase> cases, Consumer<Transaction> writes) {
    public Plan {
      journals = List.copyOf(journals);
      cases = List.copyOf(cases);
    }

    /// Nothing at all.
    public static Plan nothing() {
      return new Plan(List.of(), List.of(), _ -> {});
    }

    /// Writes without journals.
    public static Plan of(Consumer<Transaction> writes) {
      return new Plan(List.of(), List.of(), writes);
    }
  }
}
