package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.Entrants;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.Platform;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;

/// Transport of what moderators do to players.
final class ModerationRoutes {
  private static final int PERIOD_MAX = 40;

  private final RemoveScore removeScore;
  private final HidePlayer hidePlayer;

  ModerationRoutes(Platform platform, Ranks ranks) {
    var entrants = new Entrants(platform);
    this.removeScore = new RemoveScore(entrants, ranks, platform.clock());
    this.hidePlayer = new HidePlayer(entrants, ranks);
  }

  Response remove(Request request) {
    removeScore.remove(
        BoardRoutes.id(request),
        request.uid("uid"),
        request.query("period", PERIOD_MAX).orElse(null));
    return Response.noContent();
  }

  Response hide(Request request) {
    hidePlayer.hide(BoardRoutes.id(request), request.uid("uid"), true);
    return Response.noContent();
  }

  Response show(Request request) {
    hidePlayer.hide(BoardRoutes.id(request), request.uid("uid"), false);
    return Response.noContent();
  }
}
