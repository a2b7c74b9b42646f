package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.HiddenPlayers;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.Entry;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.RankAnswer;
import dev.fireside.play.domain.Ranked;
import dev.fireside.play.domain.Row;
import dev.fireside.play.domain.Scope;
import dev.fireside.play.store.PlayerStore;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.Profile;
import dev.fireside.social.store.ProfileReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns ranks into what is shown: joins the players' names as they are now.
final class RankRows {
  private final ProfileReader profiles;
  private final PlayerStore players;
  private final HiddenPlayers hiddenPlayers;

  RankRows(ProfileReader profiles, PlayerStore players, HiddenPlayers hiddenPlayers) {
    this.profiles = profiles;
    this.players = players;
    this.hiddenPlayers = hiddenPlayers;
  }

  /// A page with positions for the pages beside it.
  RankPage.Ranks page(
      Board board, Period period, RankList list, @Nullable Uid viewer, RankAnswer answer) {
    List<Ranked> rows = answer.rows();
    boolean first = rows.isEmpty() || rows.getFirst().rank() == 1;
    boolean last = rows.isEmpty() || rows.getLast().rank() >= answer.entries();
    return new RankPage.Ranks(
        board,
        period,
        list,
        answer.ready() ? answer.entries() : null,
        views(board, hiddenPlayers.without(board, period, viewer, answer).rows()),
        last ? null : new Position(true, period.key(), rows.getLast().row()),
        first ? null : new Position(false, period.key(), rows.getFirst().row()));
  }

  /// Rows of players who were asked for by name; those who are gone are left out.
  RankPage.Ranks scattered(
      Board board, Period period, RankList list, @Nullable Uid viewer, RankAnswer answer) {
    List<Ranked> rows = hiddenPlayers.without(board, period, viewer, answer).rows();
    return new RankPage.Ranks(
        board,
        period,
        list,
        answer.entries(),
        views(board, rows).stream().filter(row -> row.uid() != null).toList(),
        null,
        null);
  }

  /// What players have in a period while its ranks are not known: from Firestore, without ranks.
  /// Those of a settled period may be kept elsewhere, and are left out.
  RankPage.Ranks unranked(
      Board board, Period period, RankList list, @Nullable Uid viewer, Collection<Uid> uids) {
    var rows = new ArrayList<Row>();
    players
        .getAll(board.id(), uids)
        .forEach((uid, player) -> {
          Entry entry = player.entry(period.key());
          boolean shown = !player.hidden() || uid.equals(viewer);
          boolean listed =
              list.scope() != Scope.COUNTRY
                  || list.country() == null
                  || list.country().equals(entry.country());
          if (entry.scored() && shown && listed) {
            rows.add(entry.row(uid));
          }
        });
    rows.sort(board.ranking().rows());
    Map<Uid, Profile> people = profiles.getAll(rows.stream().map(Row::uid).toList());
    return new RankPage.Ranks(
        board,
        period,
        list,
        null,
        rows.stream()
            .map(row -> RankView.of(row, null, null, board.ranking(), people.get(row.uid())))
            .filter(row -> row.uid() != null)
            .toList(),
        null,
        null);
  }

  private List<RankView> views(Board board, List<Ranked> rows) {
    Map<Uid, Profile> people =
        rows.isEmpty()
            ? Map.of()
            : profiles.getAll(rows.stream().map(ranked -> ranked.row().uid()).toList());
    return rows.stream()
        .map(ranked ->
            RankView.of(
                ranked.row(),
                ranked.rank(),
                ranked.globalRank(),
                board.ranking(),
                people.get(ranked.row().uid())))
        .toList();
  }
}
