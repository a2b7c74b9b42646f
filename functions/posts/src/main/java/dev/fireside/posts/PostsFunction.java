package dev.fireside.posts;

import dev.fireside.posts.store.Stores;
import dev.fireside.shared.Platform;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.RoutedFunction;

/// Answers `/api/posts`, `/api/comments` and `/api/reactions`.
public final class PostsFunction implements RoutedFunction {
  private final HttpApp app;

  public PostsFunction() {
    this(Platform.current());
  }

  PostsFunction(Platform platform) {
    this.app = new HttpApp(platform);
    var stores = new Stores(platform);
    new PostRoutes(stores, platform.clock()).addTo(app);
    new CommentRoutes(stores, platform.clock()).addTo(app);
    new ReactionRoutes(stores).addTo(app);
  }

  @Override
  public HttpApp app() {
    return app;
  }
}
