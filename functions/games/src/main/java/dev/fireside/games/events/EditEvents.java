package dev.fireside.games.events;

import dev.fireside.economy.domain.Asset;
import dev.fireside.economy.store.Catalogue;
import dev.fireside.games.domain.LiveEvent;
import dev.fireside.games.domain.Phase;
import dev.fireside.games.domain.SelfReport;
import dev.fireside.games.domain.Tier;
import dev.fireside.games.store.LiveEvents;
import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.store.Document;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;

/// Creates, changes and deletes live events.
///
/// Once an event has begun, what players rely on stays: its start, its tiers, and how points are
/// reported.
final class EditEvents {
  private final LiveEvents liveEvents;
  private final EventLists lists;
  private final Catalogue catalogue;
  private final Clock clock;

  EditEvents(LiveEvents liveEvents, EventLists lists, Catalogue catalogue, Clock clock) {
    this.liveEvents = liveEvents;
    this.lists = lists;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /// Answers with the event that has this id, also when an earlier attempt of the request made it.
  LiveEvent create(LiveEvent draft) {
    checkCatalogue(draft.tiers(), draft.hotItems());
    if (!draft.endsAt().isAfter(clock.instant())) {
      throw Problems.field(ProblemType.INVALID_INPUT, "endsAt", "is over already");
    }
    if (!liveEvents.create(draft)) {
      throw ProblemException.conflict(
          Reason.TOO_MANY,
          "There are " + LiveEvents.OPEN_MAX + " events that are not closed: delete some first");
    }
    lists.outdate(liveEvents.version(draft.id()));
    return draft;
  }

  LiveEvent edit(String id, EventBodies.Edit edit) {
    checkCatalogue(
        edit.tiers() == null ? List.of() : edit.tiers(),
        edit.hotItems() == null ? List.of() : edit.hotItems());
    LiveEvent changed =
        liveEvents
            .change(
                id,
                before -> {
                  checkBounds(before, edit);
                  LiveEvent after = edit.on(before);
                  check(before, after);
                  return after;
                })
            .orElseThrow(Problems::noSuchEvent);
    lists.outdate(liveEvents.version(id));
    return changed;
  }

  void delete(String id) {
    lists.outdate(Document.versionOf(liveEvents.delete(id)));
  }

  /// Without bounds anybody could report anything.
  private static void checkBounds(LiveEvent before, EventBodies.Edit edit) {
    boolean begins = before.selfReport() == null && Boolean.TRUE.equals(edit.selfReported());
    if (begins && (edit.pointsPerCall() == null || edit.pointsMax() == null)) {
      throw Problems.field(
          ProblemType.INVALID_INPUT,
          edit.pointsPerCall() == null ? "pointsPerCall" : "pointsMax",
          "is missing");
    }
  }

  private void check(LiveEvent before, LiveEvent after) {
    Instant now = clock.instant();
    String problem = EventBodies.timesProblem(after.startsAt(), after.endsAt());
    if (problem != null) {
      throw Problems.field(ProblemType.INVALID_INPUT, "endsAt", problem);
    }
    if (!after.equals(before) && !after.endsAt().isAfter(now)) {
      boolean moved = !after.endsAt().equals(before.endsAt());
      if (moved || (after.published() && !before.published())) {
        throw Problems.field(ProblemType.INVALID_INPUT, "endsAt", "is over already");
      }
    }
    if (before.phase(now) == Phase.UPCOMING) {
      return;
    }
    var errors = new ArrayList<FieldError>();
    BiConsumer<String, Boolean> fixed =
        (field, isSame) -> {
          if (!isSame) {
            errors.add(new FieldError(field, "cannot change any more: the event has begun"));
          }
        };
    fixed.accept("startsAt", before.startsAt().equals(after.startsAt()));
    fixed.accept("tiers", before.tiers().equals(after.tiers()));
    fixed.accept("status", after.published());
    SelfReport report = before.selfReport();
    fixed.accept("selfReported", Objects.equals(report, after.selfReport()));
    if (before.phase(now) != Phase.RUNNING) {
      fixed.accept("endsAt", before.endsAt().equals(after.endsAt()));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.conflict(Reason.UNCHANGEABLE, errors);
    }
  }

  private void checkCatalogue(List<Tier> tiers, List<? extends Asset> hotItems) {
    var named = new ArrayList<Asset>(hotItems);
    tiers.forEach(tier -> named.addAll(tier.reward().amounts().keySet()));
    Set<Asset> missing = catalogue.missing(named);
    var errors = new ArrayList<FieldError>();
    for (int i = 0; i < tiers.size(); i++) {
      for (Asset asset : tiers.get(i).reward().amounts().keySet()) {
        if (missing.contains(asset)) {
          errors.add(new FieldError("tiers/" + i, notListed(asset)));
        }
      }
    }
    for (int i = 0; i < hotItems.size(); i++) {
      if (missing.contains(hotItems.get(i))) {
        errors.add(new FieldError("hotItems/" + i, notListed(hotItems.get(i))));
      }
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(ProblemType.INVALID_INPUT, errors);
    }
  }

  private static String notListed(Asset asset) {
    return "names " + asset.value() + ", which is not in the catalogue";
  }
}
