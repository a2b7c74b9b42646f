package dev.fireside.games.events;

import dev.fireside.economy.domain.Bundle;
import dev.fireside.economy.domain.Change;
import dev.fireside.economy.domain.Holding;
import dev.fireside.economy.domain.OperationId;
import dev.fireside.economy.domain.Outcome;
import dev.fireside.economy.store.Holdings;
import dev.fireside.games.domain.LiveEvent;
import dev.fireside.games.domain.Participation;
import dev.fireside.games.domain.Phase;
import dev.fireside.games.domain.Tier;
import dev.fireside.games.inventory.Refusals;
import dev.fireside.games.inventory.Refusals.Effect;
import dev.fireside.games.store.Participants;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gives the reward of a tier that a player has reached, once for ever: the claim and the grant are
/// one transaction, and the history of the inventory knows it.
final class ClaimTier {
  private static final Bundle NOTHING = new Bundle(Map.of(), Map.of());

  private final Participants participants;
  private final Holdings holdings;
  private final Clock clock;

  ClaimTier(Participants participants, Holdings holdings, Clock clock) {
    this.participants = participants;
    this.holdings = holdings;
    this.clock = clock;
  }

  /// @param number of the tier, from 1
  Effect claim(Uid uid, String id, int number) {
    Outcome outcome =
        participants.transact(
            id,
            uid,
            (transaction, found, participation) -> {
              Tier asked = tier(found, number);
              Change change =
                  Change.of(new OperationId("event:" + id + ":tier:" + number), "event", id)
                      .deliver(asked == null ? NOTHING : asked.reward());
              Holding holding = holdings.read(transaction, uid, change);
              if (holding.recorded() != null) {
                // Also where the event has gone since.
                return new Outcome.Repeated(holding.recorded().receipt());
              }
              LiveEvent event = Problems.visible(found);
              if (asked == null) {
                throw ProblemException.notFound("tier");
              }
              if (participation == null) {
                throw Problems.notJoined();
              }
              Outcome result = holding.apply(change);
              if (result instanceof Outcome.Done) {
                check(event, participation, asked, number);
                holdings.write(transaction, result);
                participants.write(transaction, id, uid, participation.claiming(number));
              }
              return result;
            });
    holdings.committed(uid, outcome);
    return Refusals.effect(outcome);
  }

  /// Null where there is none.
  private static @Nullable Tier tier(@Nullable LiveEvent event, int number) {
    return event == null || number > event.tiers().size() ? null : event.tiers().get(number - 1);
  }

  private void check(LiveEvent event, Participation participation, Tier tier, int number) {
    Instant now = clock.instant();
    if (event.phase(now) == Phase.CLOSED) {
      throw ProblemException.conflict(
          Reason.CLAIMS_OVER,
          "Rewards could be claimed until " + event.claimableUntil() + ", and no longer");
    }
    if (participation.claimed().contains(number)) {
      throw ProblemException.conflict(Reason.TIER_CLAIMED, "The reward was claimed before");
    }
    if (participation.points() < tier.points()) {
      throw ProblemException.conflict(
          Reason.TIER_NOT_REACHED,
          "The tier needs " + tier.points() + " points: you have " + participation.points());
    }
  }
}
