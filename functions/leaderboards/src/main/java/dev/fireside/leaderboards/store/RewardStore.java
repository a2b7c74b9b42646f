package dev.fireside.leaderboards.store;

import dev.fireside.economy.domain.Bundle;
import dev.fireside.economy.domain.Change;
import dev.fireside.economy.domain.CurrencyCode;
import dev.fireside.economy.domain.ItemId;
import dev.fireside.economy.domain.OperationId;
import dev.fireside.economy.domain.Outcome;
import dev.fireside.economy.store.Holdings;
import dev.fireside.ledger.store.NotificationStore;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.domain.Reward;
import dev.fireside.play.store.PlayerStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.social.store.ProfileReader;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives rewards: each player one for a period, however often it is asked for.
public final class RewardStore {
  private static final Logger log = LoggerFactory.getLogger(RewardStore.class);

  /// The kind of the operation, and of the notification.
  private static final String REWARD = "reward";

  private final NotificationStore notifications = new NotificationStore();
  private final Clock clock;
  private final Documents documents;
  private final Holdings holdings;

  public RewardStore(Platform platform) {
    this.documents = platform.documents();
    this.clock = platform.clock();
    this.holdings = new Holdings(platform);
  }

  /// Gives a reward, unless it was given before, or the player was hidden, removed from the
  /// ranking, suspended or deleted since the ranks were frozen.
  public void give(BoardId board, String period, Uid uid, Reward reward) {
    String player = PlayerStore.path(board, uid);
    String profile = "users/" + uid;
    Change change =
        Change.of(
                new OperationId("reward:" + board + ":" + period + ":" + uid),
                REWARD,
                board + ":" + period)
            .deliver(bundle(reward));
    Optional<Outcome> outcome =
        documents.transact(transaction -> {
          Map<String, Document> found = transaction.getAll(List.of(player, profile));
          if (!deserves(found.get(player), found.get(profile), period)) {
            return Optional.<Outcome>empty();
          }
          Outcome result = holdings.read(transaction, uid, change).apply(change);
          holdings.write(transaction, result);
          if (result instanceof Outcome.Done) {
            String what = board + ":" + period;
            notifications.put(transaction, uid, REWARD + ":" + what, REWARD, what, clock.instant());
          }
          return Optional.of(result);
        });
    outcome.ifPresent(done -> {
      holdings.committed(uid, done);
      switch (done) {
        case Outcome.Done _, Outcome.Repeated _ -> {}
        case Outcome.Reused _, Outcome.Moved _, Outcome.Refused _ ->
            log.error("The reward of {} in {} of {} was not given: {}", uid, period, board, done);
      }
    });
  }

  private static boolean deserves(
      @org.jspecify.annotations.Nullable Document player,
      @org.jspecify.annotations.Nullable Document profile,
      String period) {
    if (player == null || (profile != null && !ProfileReader.parse(profile).isActive())) {
      return false;
    }
    PlayerBoard known = PlayerStore.parse(player);
    return !known.hidden() && known.entry(period).scored();
  }

  /// Removes what a person heard of rewards.
  ///
  /// @param limit how many notifications at most
  /// @return whether there may be more
  public boolean forget(Uid uid, int limit) {
    List<Document> page =
        documents.list(
            documents
                .collection("notifications/" + uid + "/items")
                .whereEqualTo("kind", REWARD)
                .limit(limit));
    documents.deleteAll(page.stream().map(Document::path).toList());
    return page.size() == limit;
  }

  private static Bundle bundle(Reward reward) {
    var items = new HashMap<ItemId, Long>();
    reward.items().forEach(item -> items.merge(new ItemId(item.item()), item.count(), Long::sum));
    var currencies = new HashMap<CurrencyCode, Long>();
    reward
        .currencies()
        .forEach(
            money -> currencies.merge(new CurrencyCode(money.code()), money.amount(), Long::sum));
    return new Bundle(items, currencies);
  }
}
