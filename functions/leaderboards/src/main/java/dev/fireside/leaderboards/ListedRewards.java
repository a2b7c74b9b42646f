package dev.fireside.leaderboards;

import dev.fireside.economy.domain.Asset;
import dev.fireside.economy.domain.CurrencyCode;
import dev.fireside.economy.domain.ItemId;
import dev.fireside.economy.store.Catalogue;
import dev.fireside.play.domain.Rewards;
import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import java.util.LinkedHashSet;
import java.util.Set;

/// Sees to it that boards promise nothing that nobody could be given.
final class ListedRewards {
  private final Catalogue catalogue;

  ListedRewards(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /// Throws a 400 problem that names what is not in the catalogue.
  void check(Rewards rewards) {
    var named = new LinkedHashSet<Asset>();
    rewards
        .table()
        .values()
        .forEach(table ->
            table.forEach(reward -> {
              reward.items().forEach(item -> named.add(new ItemId(item.item())));
              reward.currencies().forEach(currency -> named.add(new CurrencyCode(currency.code())));
            }));
    Set<Asset> missing = catalogue.missing(named);
    if (!missing.isEmpty()) {
      throw ProblemException.invalid(
          ProblemType.INVALID_INPUT,
          missing.stream()
              .map(asset ->
                  new FieldError(
                      "rewards", "names " + asset.value() + ", which is not in the catalogue"))
              .toList());
    }
  }
}
