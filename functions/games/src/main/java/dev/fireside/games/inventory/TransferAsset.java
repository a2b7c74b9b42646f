package dev.fireside.games.inventory;

import dev.fireside.economy.domain.Asset;
import dev.fireside.economy.domain.Change;
import dev.fireside.economy.domain.OperationId;
import dev.fireside.economy.domain.Outcome;
import dev.fireside.economy.domain.Refusal;
import dev.fireside.economy.domain.Step;
import dev.fireside.economy.store.HoldingDocument;
import dev.fireside.economy.store.Holdings;
import dev.fireside.games.inventory.Refusals.Effect;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.Profile;
import dev.fireside.social.store.ProfileReader;
import dev.fireside.social.store.RelationReader;
import org.jspecify.annotations.Nullable;

/// Hands something from one player to another, where the game allows it at all.
final class TransferAsset {
  private final Holdings holdings;
  private final ProfileReader profiles;
  private final RelationReader relations;
  private final boolean isAllowed;

  TransferAsset(
      Holdings holdings, ProfileReader profiles, RelationReader relations, boolean isAllowed) {
    this.holdings = holdings;
    this.profiles = profiles;
    this.relations = relations;
    this.isAllowed = isAllowed;
  }

  /// What is handed over.
  ///
  /// @param ifRevision revision that the giver's inventory must have; null for any
  record Transfer(Uid to, Asset asset, long amount, @Nullable Long ifRevision) {}

  /// Answers with the effect on the giver's inventory.
  Effect transfer(Uid from, OperationId operation, Transfer transfer) {
    Uid to = transfer.to();
    Change sent =
        Change.of(operation, "transfer-out", to.value())
            .and(new Step.Send(transfer.asset(), transfer.amount()))
            .onlyAt(transfer.ifRevision());
    ProblemException objection = objection(from, to);
    if (objection != null) {
      // What was handed over before may be asked again, whatever has come between the two since.
      return Refusals.effect(holdings.earlier(from, sent).orElseThrow(() -> objection));
    }
    Change received =
        Change.of(operation, HoldingDocument.TRANSFER_IN, from.value())
            .and(new Step.Grant(transfer.asset(), transfer.amount()));
    Holdings.Both both = holdings.runBoth(from, sent, to, received);
    Effect effect = Refusals.effect(both.first());
    if (effect.isRepeated()) {
      return effect;
    }
    return switch (both.second()) {
      case Outcome.Refused(var refusal) -> throw unreceived(refusal);
      case Outcome.Done _ -> effect;
      case Outcome.Repeated _, Outcome.Reused _, Outcome.Moved _ ->
          throw new IllegalStateException("One side of a transfer was done before");
    };
  }

  private @Nullable ProblemException objection(Uid from, Uid to) {
    if (!isAllowed) {
      return ProblemException.of(
          ProblemType.FORBIDDEN, "This game does not let players hand things to each other");
    }
    if (to.equals(from)) {
      return Refusals.field(ProblemType.INVALID_INPUT, "to", "is yourself");
    }
    // Who is blocked learns as little as of somebody who does not exist.
    return profiles.get(to).filter(Profile::isActive).isEmpty() || relations.get(from, to).blocked()
        ? Refusals.field(ProblemType.NOT_FOUND, "to", "is nobody you can reach")
        : null;
  }

  private static ProblemException unreceived(Refusal refusal) {
    String what = refusal.asset().value();
    return refusal.reason() == Refusal.Reason.OVER_LIMIT
        ? Refusals.conflict(Reason.OVER_LIMIT, "to", "cannot take that much of " + what)
        : Refusals.refused(refusal);
  }
}
