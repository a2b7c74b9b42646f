package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.Platform;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.RoutedFunction;

/// Answers `/api/leaderboards`.
public final class LeaderboardsFunction implements RoutedFunction {
  private final HttpApp app;

  public LeaderboardsFunction() {
    this(Platform.current());
  }

  LeaderboardsFunction(Platform platform) {
    this.app = new HttpApp(platform);
    var known = new KnownBoards(platform);
    var ranks = new Ranks(platform);
    new BoardRoutes(platform, known, ranks).addTo(app);
    new RankRoutes(platform, known, ranks).addTo(app);
    new JoinRoutes(platform, known).addTo(app);
    new ModerationRoutes(platform, known, ranks).addTo(app);
    new ScoreRoutes(platform).addTo(app);
    new ChangeRoutes(platform, known, ranks).addTo(app);
  }

  @Override
  public HttpApp app() {
    return app;
  }
}
