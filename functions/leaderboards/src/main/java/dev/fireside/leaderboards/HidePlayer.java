package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.Entrants;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.HiddenBy;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.ids.Uid;

/// Hides a player of a board from everybody but themselves, or shows them again. Somebody without a
/// score can be hidden too, before the first one.
final class HidePlayer {
  private final Entrants entrants;
  private final Ranks ranks;

  HidePlayer(Entrants entrants, Ranks ranks) {
    this.entrants = entrants;
    this.ranks = ranks;
  }

  /// Throws a 404 problem where there is no such board.
  void hide(BoardId id, Uid uid, boolean hidden) {
    Entrants.Changed changed =
        entrants
            .change(id, uid, (board, player) -> player.with(HiddenBy.MODERATOR, hidden))
            .orElseThrow(Problems::noSuchBoard);
    // While Redis is away the event of the write brings it.
    var _ = ranks.heal(changed.board(), changed.player());
  }
}
