package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.RoutedFunction;
import dev.fireside.shared.limits.Budget;
import java.time.Duration;

/// Answers `/api/leaderboards`.
public final class LeaderboardsFunction implements RoutedFunction {
  private static final String BOARD = "/api/leaderboards/{board}";

  /// Somebody who plays short rounds without a pause.
  private static final Budget SUBMIT =
      new Budget("leaderboards-submit", 1_000, Duration.ofMinutes(15));

  private final HttpApp app;

  public LeaderboardsFunction() {
    this(Platform.current());
  }

  LeaderboardsFunction(Platform platform) {
    var known = new KnownBoards(platform);
    var ranks = new Ranks(platform);
    var boards = new BoardRoutes(platform, known, ranks);
    var lists = new RankRoutes(platform, known, ranks);
    var joining = new JoinRoutes(platform, known);
    var moderation = new ModerationRoutes(platform, known, ranks);
    var scores = new ScoreRoutes(platform);
    var changes = new ChangeRoutes(platform, known, ranks);
    this.app =
        new HttpApp(platform)
            .route("POST", "/api/leaderboards", Access.ADMIN, boards::create)
            .route("GET", "/api/leaderboards", Access.PUBLIC, boards::list)
            .route("GET", "/api/leaderboards/me", Access.USER, lists::own)
            .route("GET", BOARD, Access.PUBLIC, boards::read)
            .route("PATCH", BOARD, Access.ADMIN, boards::edit)
            .route("DELETE", BOARD, Access.ADMIN, boards::delete)
            .route("PUT", BOARD + "/closed", Access.ADMIN, boards::close)
            .route("DELETE", BOARD + "/closed", Access.ADMIN, boards::open)
            .route("POST", BOARD + "/join", Access.USER, joining::join)
            .keyedRoute("POST", BOARD + "/scores", Access.USER, SUBMIT, scores::submit)
            .route("GET", BOARD + "/scores", Access.PUBLIC, lists::scores)
            .route("GET", BOARD + "/around/{uid}", Access.PUBLIC, lists::around)
            .route("GET", BOARD + "/periods", Access.PUBLIC, lists::periods)
            .route("GET", BOARD + "/changes", Access.PUBLIC, changes::changes)
            .route("DELETE", BOARD + "/scores/{uid}", Access.MODERATOR, moderation::remove)
            .route("GET", BOARD + "/hidden", Access.MODERATOR, moderation::hidden)
            .route("PUT", BOARD + "/hidden/{uid}", Access.MODERATOR, moderation::hide)
            .route("DELETE", BOARD + "/hidden/{uid}", Access.MODERATOR, moderation::show);
  }

  @Override
  public HttpApp app() {
    return app;
  }
}
