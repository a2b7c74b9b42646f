package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.Entrants;
import dev.fireside.leaderboards.store.HiddenPlayers;
import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.social.store.ProfileReader;

/// Transport of what moderators do to players.
final class ModerationRoutes {
  private static final String BOARD = "/api/leaderboards/{board}";

  private static final int PERIOD_MAX = 40;

  private final RemoveScore removeScore;
  private final HidePlayer hidePlayer;
  private final ListHidden listHidden;

  ModerationRoutes(Platform platform, KnownBoards boards, Ranks ranks) {
    var entrants = new Entrants(platform);
    this.removeScore = new RemoveScore(entrants, ranks, new FinalRows(platform), platform.clock());
    this.hidePlayer = new HidePlayer(entrants, ranks);
    this.listHidden =
        new ListHidden(boards, new HiddenPlayers(platform), new ProfileReader(platform));
  }

  void addTo(HttpApp app) {
    app.route("DELETE", BOARD + "/scores/{uid}", Access.MODERATOR, this::remove)
        .route("GET", BOARD + "/hidden", Access.MODERATOR, this::hidden)
        .route("PUT", BOARD + "/hidden/{uid}", Access.MODERATOR, this::hide)
        .route("DELETE", BOARD + "/hidden/{uid}", Access.MODERATOR, this::show);
  }

  private Response remove(Request request) {
    removeScore.remove(
        BoardRoutes.id(request),
        request.uid("uid"),
        request.query("period", PERIOD_MAX).orElse(null));
    return Response.noContent();
  }

  private Response hidden(Request request) {
    BoardId id = BoardRoutes.id(request);
    return Response.ok(
        request.page("hidden on " + id, (after, limit) -> listHidden.list(id, after, limit)));
  }

  private Response hide(Request request) {
    hidePlayer.hide(BoardRoutes.id(request), request.uid("uid"), true);
    return Response.noContent();
  }

  private Response show(Request request) {
    hidePlayer.hide(BoardRoutes.id(request), request.uid("uid"), false);
    return Response.noContent();
  }
}
