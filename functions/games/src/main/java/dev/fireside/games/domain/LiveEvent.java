package dev.fireside.games.domain;

import dev.fireside.economy.domain.ItemId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A live event.
///
/// @param id a ULID
/// @param title for people
/// @param description for people; empty where there is none
/// @param startsAt from when on points count
/// @param endsAt up to when
/// @param tiers in the order of their points
/// @param hotItems items shown among the hot ones while it runs
/// @param selfReport how players report their points; null where only admins and servers do
/// @param published whether players see it
public record LiveEvent(
    String id,
    String title,
    String description,
    Instant startsAt,
    Instant endsAt,
    List<Tier> tiers,
    List<ItemId> hotItems,
    @Nullable SelfReport selfReport,
    boolean published) {
  /// How long after the end rewards can be claimed.
  public static final Duration CLAIM_WINDOW = Duration.ofDays(7);

  public static final int TIERS_MAX = 50;
  public static final int HOT_ITEMS_MAX = 50;

  public LiveEvent {
    tiers = List.copyOf(tiers);
    hotItems = List.copyOf(hotItems);
  }

  /// Where it stands at an instant, by its times alone, whoever notices when.
  public Phase phase(Instant now) {
    if (!published || now.isBefore(startsAt)) {
      return Phase.UPCOMING;
    }
    if (now.isBefore(endsAt)) {
      return Phase.RUNNING;
    }
    return now.isBefore(claimableUntil()) ? Phase.ENDED : Phase.CLOSED;
  }

  /// Up to when rewards can be claimed.
  public Instant claimableUntil() {
    return endsAt.plus(CLAIM_WINDOW);
  }
}
