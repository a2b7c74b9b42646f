package dev.fireside.games.inventory;

import dev.fireside.economy.domain.ItemId;
import dev.fireside.economy.domain.Outcome;
import dev.fireside.economy.domain.Receipt;
import dev.fireside.economy.domain.Refusal;
import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import java.util.List;

/// What callers are answered about operations.
public final class Refusals {
  private Refusals() {}

  /// What an operation did, now or before.
  ///
  /// @param isRepeated whether it was before
  public record Effect(Receipt receipt, boolean isRepeated) {}

  /// The effect of an operation. Throws the problem of one that had none.
  public static Effect effect(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done(var receipt, var _, var _) -> new Effect(receipt, false);
      case Outcome.Repeated(var receipt) -> new Effect(receipt, true);
      case Outcome.Reused _ ->
          throw ProblemException.of(
              ProblemType.KEY_REUSED, "Idempotency-Key was used for something else");
      case Outcome.Moved(long revision) ->
          throw conflict(
              Reason.REVISION_MOVED, "ifRevision", "is not " + revision + ", the present one");
      case Outcome.Refused(var refusal) -> throw refused(refusal);
    };
  }

  static ProblemException refused(Refusal refusal) {
    boolean isItem = refusal.asset() instanceof ItemId;
    String name = isItem ? "item" : "currency";
    String amount = isItem ? "count" : "amount";
    String what = refusal.asset().value();
    return switch (refusal.reason()) {
      case UNKNOWN -> field(ProblemType.NOT_FOUND, name, "is not in the catalogue: " + what);
      case RETIRED -> conflict(Reason.RETIRED, name, "is not given out any more: " + what);
      case NOT_ENOUGH ->
          conflict(
              Reason.NOT_ENOUGH,
              amount,
              "is more than there is: " + refusal.held() + " of " + what);
      case OVER_LIMIT ->
          conflict(
              Reason.OVER_LIMIT,
              amount,
              "does not fit: nobody gathers more than " + refusal.limit() + " of " + what);
      case NOT_CONSUMABLE -> conflict(Reason.NOT_CONSUMABLE, name, "cannot be used up: " + what);
      case NOT_EQUIPPABLE -> conflict(Reason.NOT_EQUIPPABLE, name, "cannot be equipped: " + what);
      case NOT_TRANSFERABLE ->
          conflict(Reason.NOT_TRANSFERABLE, name, "cannot be handed to others: " + what);
    };
  }

  static ProblemException conflict(Reason reason, String field, String message) {
    return ProblemException.conflict(reason, List.of(new FieldError(field, message)));
  }

  static ProblemException field(ProblemType type, String field, String message) {
    return ProblemException.invalid(type, List.of(new FieldError(field, message)));
  }
}
