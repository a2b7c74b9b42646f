package dev.fireside.posts;

import dev.fireside.posts.store.Stores;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.RoutedFunction;
import dev.fireside.shared.limits.Budget;
import java.time.Duration;

/// Answers `/api/posts`, `/api/comments` and `/api/reactions`.
public final class PostsFunction implements RoutedFunction {
  /// Somebody who comments on a whole evening's live event.
  private static final Budget POST = budget("post", 100);

  private static final Budget COMMENT = budget("comment", 300);

  /// Somebody who scrolls fast and likes what they see.
  private static final Budget REACT = budget("react", 1_000);

  private final HttpApp app;

  public PostsFunction() {
    this(Platform.current());
  }

  PostsFunction(Platform platform) {
    var stores = new Stores(platform);
    var posts = new PostRoutes(stores, platform.clock());
    var comments = new CommentRoutes(stores, platform.clock());
    var reactions = new ReactionRoutes(stores);
    this.app =
        new HttpApp(platform)
            .route("POST", "/api/posts", Access.USER, POST, posts::create)
            .route("GET", "/api/posts", Access.PUBLIC, posts::list)
            .route("GET", "/api/posts/{id}", Access.PUBLIC, posts::read)
            .route("PATCH", "/api/posts/{id}", Access.USER, POST, posts::edit)
            .route("DELETE", "/api/posts/{id}", Access.USER, posts::delete)
            .route("PUT", "/api/posts/{id}/hidden", Access.MODERATOR, posts::hide)
            .route("DELETE", "/api/posts/{id}/hidden", Access.MODERATOR, posts::unhide)
            .route("POST", "/api/posts/{id}/comments", Access.USER, COMMENT, comments::createBelow)
            .route("GET", "/api/posts/{id}/comments", Access.PUBLIC, comments::listBelow)
            .route("POST", "/api/comments", Access.USER, COMMENT, comments::create)
            .route("GET", "/api/comments", Access.USER, comments::listOwn)
            .route("GET", "/api/comments/{id}", Access.PUBLIC, comments::read)
            .route("PATCH", "/api/comments/{id}", Access.USER, COMMENT, comments::edit)
            .route("DELETE", "/api/comments/{id}", Access.USER, comments::delete)
            .route("POST", "/api/reactions", Access.USER, REACT, reactions::add)
            .route("DELETE", "/api/reactions", Access.USER, REACT, reactions::remove)
            .route("GET", "/api/reactions", Access.PUBLIC, reactions::list);
  }

  @Override
  public HttpApp app() {
    return app;
  }

  private static Budget budget(String name, long calls) {
    return new Budget("posts-" + name, calls, Duration.ofMinutes(15));
  }
}
