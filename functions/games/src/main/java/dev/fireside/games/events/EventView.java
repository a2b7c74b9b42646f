package dev.fireside.games.events;

import dev.fireside.economy.domain.Bundle;
import dev.fireside.economy.domain.ItemId;
import dev.fireside.games.domain.LiveEvent;
import dev.fireside.games.domain.Participation;
import dev.fireside.games.domain.Phase;
import dev.fireside.games.domain.Tier;
import dev.fireside.shared.json.WireNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A live event as players see it.
///
/// @param phase upcoming, running, ended (rewards can be claimed) or closed
/// @param selfReported whether players report their points themselves
/// @param pointsPerCall most points of one report, where they do
/// @param pointsMax points that cannot be passed by reports, where they do
/// @param status published or draft
/// @param me the caller's part; null where they have none or are anonymous
record EventView(
    String id,
    String title,
    @Nullable String description,
    Instant startsAt,
    Instant endsAt,
    Instant claimableUntil,
    String phase,
    List<TierView> tiers,
    List<String> hotItems,
    boolean selfReported,
    @Nullable Long pointsPerCall,
    @Nullable Long pointsMax,
    String status,
    @Nullable Me me) {
  /// A tier.
  ///
  /// @param tier its number, from 1
  record TierView(int tier, long points, List<ItemAmount> items, List<CurrencyAmount> currencies) {}

  record ItemAmount(String item, long count) {}

  record CurrencyAmount(String code, long amount) {}

  /// The caller's part.
  ///
  /// @param claimed tiers whose rewards they have
  /// @param claimable tiers that they have reached and not claimed, while they can
  record Me(long points, Instant joinedAt, List<Integer> claimed, List<Integer> claimable) {}

  static EventView of(LiveEvent event, @Nullable Participation participation, Instant now) {
    Phase phase = event.phase(now);
    var report = event.selfReport();
    return new EventView(
        event.id(),
        event.title(),
        event.description().isEmpty() ? null : event.description(),
        event.startsAt(),
        event.endsAt(),
        event.claimableUntil(),
        WireNames.of(phase),
        IntStream.rangeClosed(1, event.tiers().size())
            .mapToObj(number -> tier(number, event.tiers().get(number - 1)))
            .toList(),
        event.hotItems().stream().map(ItemId::value).toList(),
        report != null,
        report == null ? null : report.perCall(),
        report == null ? null : report.total(),
        event.published() ? "published" : "draft",
        participation == null ? null : me(event, participation, phase));
  }

  private static TierView tier(int number, Tier tier) {
    var items = new ArrayList<ItemAmount>();
    Bundle reward = tier.reward();
    reward.items().forEach((item, count) -> items.add(new ItemAmount(item.value(), count)));
    var currencies = new ArrayList<CurrencyAmount>();
    reward
        .currencies()
        .forEach((code, amount) -> currencies.add(new CurrencyAmount(code.value(), amount)));
    return new TierView(number, tier.points(), items, currencies);
  }

  private static Me me(LiveEvent event, Participation participation, Phase phase) {
    boolean open = phase == Phase.RUNNING || phase == Phase.ENDED;
    List<Integer> claimable =
        IntStream.rangeClosed(1, event.tiers().size())
            .filter(number -> open && !participation.claimed().contains(number))
            .filter(number -> event.tiers().get(number - 1).points() <= participation.points())
            .boxed()
            .toList();
    return new Me(
        participation.points(),
        participation.joinedAt(),
        List.copyOf(participation.claimed()),
        claimable);
  }
}
