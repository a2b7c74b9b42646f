package dev.fireside.ledger;

import dev.fireside.shared.store.AlreadyExistsException;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.StoreUnavailableException;
import dev.fireside.shared.store.Transaction;
import java.util.function.Function;

/// Commits transactions that others get in the way of.
public final class Rounds {
  /// Each of several attempts.
  private static final int MAX = 8;

  private Rounds() {}

  /// Runs a transaction until it commits. It is begun anew where somebody else committed what it
  /// had not seen, or kept what it needed for too long.
  public static <T> T commit(Documents documents, Function<Transaction, T> work) {
    for (int round = 1; ; round++) {
      try {
        return documents.transact(work);
      } catch (AlreadyExistsException e) {
        // Somebody else committed what this attempt had not seen: look again.
        if (round == MAX) {
          throw e;
        }
      } catch (StoreUnavailableException e) {
        if (round == MAX) {
          throw e;
        }
      }
    }
  }
}
