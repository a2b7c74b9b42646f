package dev.fireside.games.events;

import dev.fireside.economy.domain.Asset;
import dev.fireside.economy.domain.Bundle;
import dev.fireside.economy.domain.ItemId;
import dev.fireside.games.domain.LiveEvent;
import dev.fireside.games.domain.SelfReport;
import dev.fireside.games.domain.Tier;
import dev.fireside.games.inventory.InventoryBodies;
import dev.fireside.shared.http.Input;
import dev.fireside.shared.json.InstantText;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the bodies of requests about live events.
final class EventBodies {
  private static final int TITLE_MAX = 100;
  private static final int DESCRIPTION_MAX = 2_000;
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  /// Longer than a season.
  private static final Duration LENGTH_MAX = Duration.ofDays(366);

  private EventBodies() {}

  private enum Status {
    DRAFT,
    PUBLISHED
  }

  /// What an edit changes; null for what stays.
  record Edit(
      @Nullable String title,
      @Nullable String description,
      @Nullable Instant startsAt,
      @Nullable Instant endsAt,
      @Nullable List<Tier> tiers,
      @Nullable List<ItemId> hotItems,
      @Nullable Boolean selfReported,
      @Nullable Long pointsPerCall,
      @Nullable Long pointsMax,
      @Nullable Boolean published) {
    /// The event as it is to be, without checking whether it may become so.
    LiveEvent on(LiveEvent event) {
      return new LiveEvent(
          event.id(),
          title == null ? event.title() : title,
          description == null ? event.description() : description,
          startsAt == null ? event.startsAt() : startsAt,
          endsAt == null ? event.endsAt() : endsAt,
          tiers == null ? event.tiers() : tiers,
          hotItems == null ? event.hotItems() : hotItems,
          report(event.selfReport()),
          published == null ? event.published() : published);
    }

    private @Nullable SelfReport report(@Nullable SelfReport before) {
      boolean reports = selfReported == null ? before != null : selfReported;
      if (!reports) {
        return null;
      }
      return new SelfReport(
          pointsPerCall != null ? pointsPerCall : before == null ? 0 : before.perCall(),
          pointsMax != null ? pointsMax : before == null ? 0 : before.total());
    }
  }

  static LiveEvent draft(String id, Input in) {
    String title = in.text("title", 1, TITLE_MAX);
    Instant startsAt = instant(in, "startsAt");
    Instant endsAt = instant(in, "endsAt");
    checkTimes(in, startsAt, endsAt);
    if (in.isAbsent("tiers")) {
      in.reject("tiers", "is missing");
    }
    boolean selfReported = in.flag("selfReported", false);
    SelfReport report = null;
    if (selfReported) {
      // Without bounds anybody could report anything.
      report =
          new SelfReport(
              in.number("pointsPerCall", 1, Asset.AMOUNT_MAX),
              in.number("pointsMax", 1, Asset.AMOUNT_MAX));
    }
    String description = in.optionalText("description", 0, DESCRIPTION_MAX);
    return new LiveEvent(
        id,
        title,
        description == null ? "" : description,
        startsAt,
        endsAt,
        tiers(in),
        hotItems(in),
        report,
        in.oneOf("status", Status.PUBLISHED) == Status.PUBLISHED);
  }

  static Edit edit(Input in) {
    Status status = in.optionalOneOf("status", Status.class);
    return new Edit(
        in.optionalText("title", 1, TITLE_MAX),
        in.optionalText("description", 0, DESCRIPTION_MAX),
        in.isAbsent("startsAt") ? null : instant(in, "startsAt"),
        in.isAbsent("endsAt") ? null : instant(in, "endsAt"),
        in.isAbsent("tiers") ? null : tiers(in),
        in.isAbsent("hotItems") ? null : hotItems(in),
        in.isAbsent("selfReported") ? null : in.flag("selfReported", false),
        optionalPoints(in, "pointsPerCall"),
        optionalPoints(in, "pointsMax"),
        status == null ? null : status == Status.PUBLISHED);
  }

  static long points(Input in) {
    return in.number("points", 1, Asset.AMOUNT_MAX);
  }

  private static @Nullable Long optionalPoints(Input in, String field) {
    return in.isAbsent(field) ? null : in.number(field, 1, Asset.AMOUNT_MAX);
  }

  /// The field whose time does not fit the others; null when they all do.
  static @Nullable String timesProblem(Instant startsAt, Instant endsAt) {
    if (!endsAt.isAfter(startsAt)) {
      return "must be after startsAt";
    }
    return Duration.between(startsAt, endsAt).compareTo(LENGTH_MAX) > 0
        ? "must be at most 366 days after startsAt"
        : null;
  }

  private static void checkTimes(Input in, Instant startsAt, Instant endsAt) {
    if (startsAt.equals(Instant.EPOCH) || endsAt.equals(Instant.EPOCH)) {
      return;
    }
    String problem = timesProblem(startsAt, endsAt);
    if (problem != null) {
      in.reject("endsAt", problem);
    }
  }

  /// An instant; the epoch stands for one that was rejected.
  private static Instant instant(Input in, String field) {
    String text = in.text(field, 1, 40);
    if (text.isEmpty()) {
      return Instant.EPOCH;
    }
    Optional<Instant> instant =
        InstantText.find(text)
            .map(it -> it.truncatedTo(ChronoUnit.MILLIS))
            .filter(it -> !it.isBefore(EARLIEST) && it.isBefore(LATEST));
    if (instant.isEmpty()) {
      in.reject(field, "must be a time of this or the next century such as 2026-12-24T18:00:00Z");
    }
    return instant.orElse(Instant.EPOCH);
  }

  private static List<Tier> tiers(Input in) {
    List<Tier> tiers = in.objects("tiers", LiveEvent.TIERS_MAX, EventBodies::tier);
    for (int i = 1; i < tiers.size(); i++) {
      if (tiers.get(i).points() <= tiers.get(i - 1).points()) {
        in.reject("tiers/" + i + "/points", "must be more than those of the tier before");
      }
    }
    return tiers;
  }

  private static Tier tier(Input in) {
    long points = in.number("points", 1, Asset.AMOUNT_MAX);
    Bundle reward = InventoryBodies.bundle(in);
    if (in.isAbsent("items") && in.isAbsent("currencies")) {
      in.reject("items", "is missing, and so is currencies");
    }
    return new Tier(points, reward);
  }

  private static List<ItemId> hotItems(Input in) {
    List<String> ids = in.texts("hotItems", LiveEvent.HOT_ITEMS_MAX, 1, 64);
    for (int i = 0; i < ids.size(); i++) {
      if (!ItemId.isValid(ids.get(i))) {
        in.reject("hotItems/" + i, "cannot be the id of an item");
      }
    }
    return ids.stream().filter(ItemId::isValid).distinct().map(ItemId::new).toList();
  }
}
