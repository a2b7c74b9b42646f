package dev.fireside.leaderboards.deltas;

import dev.fireside.leaderboards.store.DeltaLog;
import dev.fireside.leaderboards.store.DeltaLog.Published;
import dev.fireside.leaderboards.store.DirtyTops;
import dev.fireside.leaderboards.store.DirtyTops.Place;
import dev.fireside.leaderboards.store.HiddenPlayers;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.RankAnswer;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.realtime.RealtimeException;
import dev.fireside.shared.redis.RedisUnavailableException;
import dev.fireside.social.domain.Profile;
import dev.fireside.social.store.ProfileReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what changed at the top of a period since a version. Who asks sees to it first that what
/// is due is published, and need not wait for the minute.
public final class ReadChanges {
  private static final Logger logger = LoggerFactory.getLogger(ReadChanges.class);

  /// Stands for a player where only the count is of interest.
  private static final Uid NOBODY = new Uid("-");

  private final DeltaLog log;
  private final DirtyTops dirty;
  private final PublishTop publishTop;
  private final Ranks ranks;
  private final HiddenPlayers hiddenPlayers;
  private final ProfileReader profiles;

  public ReadChanges(Platform platform, Ranks ranks) {
    this.log = new DeltaLog(platform);
    this.dirty = new DirtyTops(platform);
    this.publishTop = new PublishTop(platform);
    this.ranks = ranks;
    this.hiddenPlayers = new HiddenPlayers(platform);
    this.profiles = new ProfileReader(platform);
  }

  /// What changed.
  ///
  /// @param version what to ask with next time; null while the ranks are being rebuilt
  /// @param full whether the rows are the whole top, in place of what the caller knows
  /// @param rows in rank order
  /// @param left uids of players who are not in the top any more
  public record Changes(
      @Nullable Long version, boolean full, List<TopRow> rows, List<String> left) {
    private static final Changes UNKNOWN = new Changes(null, false, List.of(), List.of());

    public Changes {
      rows = List.copyOf(rows);
      left = List.copyOf(left);
    }

    /// Whether the caller knows all there is.
    public boolean areNone() {
      return version != null && !full && rows.isEmpty() && left.isEmpty();
    }
  }

  /// How many are ranked in a period; null while that is not known.
  public @Nullable Long entries(Board board, Period period) {
    RankAnswer nobody = ranks.several(board, period, null, List.of(NOBODY), null);
    return nobody.ready() ? (Long) nobody.entries() : null;
  }

  /// The profiles of those in the rows, as they are now.
  public Map<Uid, Profile> people(Changes changes) {
    return changes.rows().isEmpty()
        ? Map.of()
        : profiles.getAll(changes.rows().stream().map(row -> new Uid(row.uid())).toList());
  }

  /// What changed since a version, as far as it was published; the whole top where that is unknown.
  ///
  /// @param since the version that the caller has; null for none
  public Changes read(Board board, Period period, @Nullable Long since) {
    var place = new Place(board.id(), period.key());
    try {
      publishDue(place);
      Published published = log.read(place, since);
      return published.version() == null
          ? present(board, period, place, published.now())
          : changes(published, published.version());
    } catch (RedisUnavailableException e) {
      return Changes.UNKNOWN;
    }
  }

  private void publishDue(Place place) {
    try {
      publishTop.publish(dirty.find(place).stream().toList());
    } catch (RealtimeException e) {
      logger.warn("{} is left to the next minute", place, e);
    }
  }

  private static Changes changes(Published published, long version) {
    var rows = new ArrayList<TopRow>();
    var left = new ArrayList<String>();
    published
        .rows()
        .forEach((uid, json) -> {
          if (json.isEmpty()) {
            left.add(uid);
          } else {
            rows.add(TopRow.parse(json));
          }
        });
    rows.sort(Comparator.comparingLong(TopRow::rank));
    return new Changes(version, published.full(), rows, left);
  }

  /// Nothing was published yet, or that was lost: the top as it is, with a version that the next
  /// publication will be above.
  private Changes present(Board board, Period period, Place place, long now) {
    RankAnswer top =
        hiddenPlayers.without(
            board, period, null, ranks.page(board, period, null, 1, board.visibleTop(), null));
    if (!top.ready()) {
      return Changes.UNKNOWN;
    }
    if (!top.rows().isEmpty() && !board.hasSettled(period)) {
      dirty.mark(List.of(place));
    }
    return new Changes(now, true, TopRow.of(top, board.ranking()), List.of());
  }
}
