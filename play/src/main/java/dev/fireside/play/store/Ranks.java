package dev.fireside.play.store;

import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.domain.RankAnswer;
import dev.fireside.play.domain.RankChange;
import dev.fireside.play.domain.RankedMember;
import dev.fireside.play.domain.Row;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.redis.RedisUnavailableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The ranks of players in Redis, derived from Firestore: known and right, or not known at all.
///
/// Every read is one script; where it finds that ranks were lost, they are built again: small
/// periods at once, large ones by a message. Reads answer [RankAnswer#NOT_READY] while that goes on
/// and while Redis is away.
///
/// In all reads, `country` null means all players; `viewer` is who looks, null for an anonymous
/// caller: players hidden from others see themselves among them.
public final class Ranks {
  private final Redis redis;
  private final Builds builds;

  public Ranks(Platform platform) {
    this.redis = platform.redis();
    this.builds = new Builds(platform);
  }

  /// A period of a board.
  public record Place(Board board, Period period) {}

  /// Rows from a rank on.
  ///
  /// @param fromRank from 1
  public RankAnswer page(
      Board board,
      Period period,
      @Nullable String country,
      long fromRank,
      int limit,
      @Nullable Uid viewer) {
    return read(board, period, "page", country, viewer, limit, List.of(Long.toString(fromRank)));
  }

  /// Rows after a position, which need not be taken any more.
  public RankAnswer after(
      Board board,
      Period period,
      @Nullable String country,
      Row position,
      int limit,
      @Nullable Uid viewer) {
    return read(board, period, "after", country, viewer, limit, at(board, position));
  }

  /// Rows before a position, those next to it, in rank order.
  public RankAnswer before(
      Board board,
      Period period,
      @Nullable String country,
      Row position,
      int limit,
      @Nullable Uid viewer) {
    return read(board, period, "before", country, viewer, limit, at(board, position));
  }

  /// Rows with a player in the middle, moved at both ends so that they are full; none where the
  /// player is not ranked.
  public RankAnswer around(
      Board board,
      Period period,
      @Nullable String country,
      Uid uid,
      int limit,
      @Nullable Uid viewer) {
    return read(board, period, "around", country, viewer, limit, List.of(uid.value()));
  }

  /// The rows of some players, at most 5,001; those who are not ranked are left out.
  public RankAnswer several(
      Board board,
      Period period,
      @Nullable String country,
      Collection<Uid> uids,
      @Nullable Uid viewer) {
    return read(board, period, "several", country, viewer, uids.size(), distinct(uids));
  }

  /// Rows from a rank on, ranked among some players only, at most 5,001.
  public RankAnswer pageAmong(
      Board board,
      Period period,
      Collection<Uid> uids,
      long fromRank,
      int limit,
      @Nullable Uid viewer) {
    return among(board, period, "page", List.of(Long.toString(fromRank)), uids, limit, viewer);
  }

  /// Rows after a position, ranked among some players only.
  public RankAnswer afterAmong(
      Board board,
      Period period,
      Collection<Uid> uids,
      Row position,
      int limit,
      @Nullable Uid viewer) {
    return among(board, period, "after", at(board, position), uids, limit, viewer);
  }

  /// Rows before a position, ranked among some players only.
  public RankAnswer beforeAmong(
      Board board,
      Period period,
      Collection<Uid> uids,
      Row position,
      int limit,
      @Nullable Uid viewer) {
    return among(board, period, "before", at(board, position), uids, limit, viewer);
  }

  /// Rows with a player in the middle, ranked among some players only.
  public RankAnswer aroundAmong(
      Board board, Period period, Collection<Uid> uids, Uid uid, int limit, @Nullable Uid viewer) {
    return among(board, period, "around", List.of(uid.value()), uids, limit, viewer);
  }

  private RankAnswer among(
      Board board,
      Period period,
      String operation,
      List<String> position,
      Collection<Uid> uids,
      int limit,
      @Nullable Uid viewer) {
    var arguments = new ArrayList<>(position);
    arguments.addAll(distinct(uids));
    return read(board, period, "among-" + operation, null, viewer, limit, arguments);
  }

  private static List<String> distinct(Collection<Uid> uids) {
    return new LinkedHashSet<>(uids).stream().map(Uid::value).toList();
  }

  private static List<String> at(Board board, Row position) {
    RankedMember member = RankedMember.of(board.ranking(), position);
    return List.of(Long.toString(member.score()), member.member());
  }

  /// A player's own rows in many periods, in one round trip: one row where ranked, else none.
  public Map<Place, RankAnswer> own(Collection<Place> places, Uid uid) {
    var answers = new LinkedHashMap<Place, RankAnswer>();
    places.forEach(place -> answers.put(place, RankAnswer.NOT_READY));
    var batch = redis.batch();
    var raw = new LinkedHashMap<Place, Supplier<Object>>();
    for (Place place : answers.keySet()) {
      List<String> keys = List.of(state(place.board(), place.period()));
      List<String> arguments =
          ReadScript.arguments(
              place.board(), place.period(), "several", null, uid, 1, List.of(uid.value()));
      raw.put(
          place, batch.add(pipeline -> pipeline.eval(ReadScript.READ.source(), keys, arguments)));
    }
    try {
      batch.run();
      raw.forEach((place, answer) -> {
        List<?> list = RankScripts.list(answer.get());
        if (RankScripts.ASK.equals(list.getFirst())) {
          builds.runSmall(place.board(), place.period());
        } else {
          answers.put(place, ReadScript.parse(place.board(), list));
        }
      });
    } catch (RedisUnavailableException e) {
      return answers;
    }
    return answers;
  }

  private RankAnswer read(
      Board board,
      Period period,
      String operation,
      @Nullable String country,
      @Nullable Uid viewer,
      int limit,
      List<String> more) {
    List<String> keys = List.of(state(board, period));
    List<String> arguments =
        ReadScript.arguments(board, period, operation, country, viewer, limit, more);
    try {
      List<?> answer = RankScripts.list(redis.run(ReadScript.READ, keys, arguments));
      if (RankScripts.ASK.equals(answer.getFirst())) {
        builds.runSmall(board, period);
        answer = RankScripts.list(redis.run(ReadScript.READ, keys, arguments));
      }
      return ReadScript.parse(board, answer);
    } catch (RedisUnavailableException e) {
      return RankAnswer.NOT_READY;
    }
  }

  /// Takes over what a player has in some periods, unless something newer is known, and answers how
  /// the player's ranks changed among the others as they are now. One script.
  ///
  /// @param before what the player had before
  public Map<Period, RankChange> apply(
      Board board, PlayerBoard before, PlayerBoard player, List<Period> periods) {
    var changes = new LinkedHashMap<Period, RankChange>();
    periods.forEach(period -> changes.put(period, RankChange.NOT_READY));
    try {
      List<Period> lost = apply(board, before, player, periods, changes);
      if (!lost.isEmpty()) {
        lost.forEach(period -> builds.runSmall(board, period));
        apply(board, before, player, lost, changes);
      }
    } catch (RedisUnavailableException e) {
      return changes;
    }
    return changes;
  }

  /// Applies and fills in the changes; answers the periods that this caller is to build.
  private List<Period> apply(
      Board board,
      PlayerBoard before,
      PlayerBoard player,
      List<Period> periods,
      Map<Period, RankChange> changes) {
    List<String> arguments = RankScripts.applying(board, null, true, false);
    for (int i = 0; i < periods.size(); i++) {
      RankScripts.add(arguments, i + 1, board, player, periods.get(i).key());
      RankScripts.addBefore(arguments, board, before, periods.get(i).key());
    }
    List<?> answer =
        RankScripts.list(redis.run(RankScripts.APPLY, states(board, periods), arguments));
    List<?> statuses = RankScripts.list(answer.getFirst());
    List<?> ranks = RankScripts.list(answer.get(1));
    var lost = new ArrayList<Period>();
    for (int i = 0; i < periods.size(); i++) {
      if (RankScripts.ASK.equals(statuses.get(i))) {
        lost.add(periods.get(i));
      } else if (RankScripts.READY.equals(statuses.get(i))) {
        List<?> change = RankScripts.list(ranks.get(i));
        changes.put(
            periods.get(i),
            new RankChange(
                true,
                RankScripts.rank(change, 0),
                RankScripts.rank(change, 1),
                RankScripts.number(change, 2),
                RankScripts.rank(change, 3),
                RankScripts.rank(change, 4),
                Math.max(0, RankScripts.number(change, 5))));
      }
    }
    return lost;
  }

  /// What became of a change that was to be taken over.
  public enum Healed {
    DONE,
    /// There is no record of the player in a period, who may have been removed before its ranks
    /// were built: only the document, as it is now, says what to take over with [#heal].
    UNKNOWN,
    /// Redis is away: the event has to come again.
    UNAVAILABLE
  }

  /// Takes over what a player's document held when an event began, unless something newer is known.
  public Healed healRecorded(Board board, PlayerBoard player) {
    return heal(board, player, false, true);
  }

  /// Takes over all that a player's document holds, unless something newer is known.
  ///
  /// @return false while Redis is away: then the event has to come again
  public boolean heal(Board board, PlayerBoard player) {
    return heal(board, player, false, false) == Healed.DONE;
  }

  /// Takes a player out whose document was deleted.
  ///
  /// @param last what the document held
  /// @return false while Redis is away: then the event has to come again
  public boolean remove(Board board, PlayerBoard last) {
    return heal(board, last, true, false) == Healed.DONE;
  }

  private Healed heal(Board board, PlayerBoard player, boolean removed, boolean recorded) {
    List<Period> periods = kept(board, player);
    if (periods.isEmpty()) {
      return Healed.DONE;
    }
    List<String> arguments = RankScripts.applying(board, null, false, recorded);
    for (int i = 0; i < periods.size(); i++) {
      if (removed) {
        RankScripts.addRemoval(arguments, i + 1, board, player, periods.get(i).key());
      } else {
        RankScripts.add(arguments, i + 1, board, player, periods.get(i).key());
      }
    }
    try {
      List<?> answer =
          RankScripts.list(redis.run(RankScripts.APPLY, states(board, periods), arguments));
      List<?> statuses = RankScripts.list(answer.getFirst());
      for (int i = 0; i < periods.size(); i++) {
        if (RankScripts.ASK.equals(statuses.get(i))) {
          builds.runSmall(board, periods.get(i));
        }
      }
      return RankScripts.number(answer, 2) > 0 ? Healed.UNKNOWN : Healed.DONE;
    } catch (RedisUnavailableException e) {
      return Healed.UNAVAILABLE;
    }
  }

  /// The periods of a player that are built from documents. Settled ones are built from chunks,
  /// which no later write of a player changes.
  private static List<Period> kept(Board board, PlayerBoard player) {
    return player.entries().keySet().stream()
        .map(key -> Periods.parse(board, key))
        .flatMap(Optional::stream)
        .filter(period -> !board.hasSettled(period))
        .toList();
  }

  /// Forgets the ranks of a period, which are then built when somebody asks: for one that was
  /// settled, or a board that was deleted.
  ///
  /// @return false while Redis is away
  public boolean drop(Board board, Period period) {
    try {
      builds.drop(board, period);
      return true;
    } catch (RedisUnavailableException e) {
      return false;
    }
  }

  private static List<String> states(Board board, List<Period> periods) {
    return periods.stream().map(period -> state(board, period)).toList();
  }

  private static String state(Board board, Period period) {
    return RankScripts.state(board.id(), period.key());
  }
}
