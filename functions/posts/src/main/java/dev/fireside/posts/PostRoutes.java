package dev.fireside.posts;

import dev.fireside.posts.store.Stores;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.limits.Budget;
import dev.fireside.social.domain.PostView;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/// Transport of the routes about posts.
final class PostRoutes {
  private static final Budget POST = new Budget("posts-post", 100, Duration.ofMinutes(15));

  private static final int AUTHOR_MAX = 130;

  private final CreatePost createPost;
  private final ReadPost readPost;
  private final EditPost editPost;
  private final DeletePost deletePost;
  private final HidePost hidePost;
  private final ListPosts listPosts;
  private final FindPerson findPerson;

  PostRoutes(Stores stores, Clock clock) {
    this.readPost = new ReadPost(stores);
    this.createPost = new CreatePost(stores.posts(), stores.gate(), stores.people(), readPost);
    this.editPost = new EditPost(stores.posts(), stores.people(), readPost, clock);
    this.deletePost = new DeletePost(stores.posts(), readPost, clock);
    this.hidePost = new HidePost(stores.posts(), clock);
    this.listPosts = new ListPosts(stores.posts(), stores.people(), stores.assembler());
    this.findPerson = new FindPerson(stores.people());
  }

  void addTo(HttpApp app) {
    app.route("POST", "/api/posts", Access.USER, POST, this::create)
        .route("GET", "/api/posts", Access.PUBLIC, this::list)
        .route("GET", "/api/posts/{id}", Access.PUBLIC, this::read)
        .route("PATCH", "/api/posts/{id}", Access.USER, POST, this::edit)
        .route("DELETE", "/api/posts/{id}", Access.USER, this::delete)
        .route("PUT", "/api/posts/{id}/hidden", Access.MODERATOR, this::hide)
        .route("DELETE", "/api/posts/{id}/hidden", Access.MODERATOR, this::unhide);
  }

  private Response create(Request request) {
    CreatePost.Outcome outcome =
        createPost.create(request.caller().uid(), request.newId(), request.body(PostBodies::draft));
    PostView view = outcome.view();
    String location = "/api/posts/" + view.id();
    return outcome.isNew()
        ? Response.created(location, view)
        : Response.ok(view).with("Location", location);
  }

  private Response read(Request request) {
    return Response.ok(
            readPost.read(request.viewer(), id(request)).orElseThrow(Problems::noSuchPost))
        .revalidated();
  }

  private Response edit(Request request) {
    return Response.ok(
        editPost.edit(request.caller().uid(), id(request), request.body(PostBodies::edit)));
  }

  private Response delete(Request request) {
    deletePost.delete(request.caller(), id(request));
    return Response.noContent();
  }

  private Response hide(Request request) {
    hidePost.hide(id(request), true);
    return Response.noContent();
  }

  private Response unhide(Request request) {
    hidePost.hide(id(request), false);
    return Response.noContent();
  }

  private Response list(Request request) {
    String raw =
        request
            .query("author", AUTHOR_MAX)
            .orElseThrow(() -> Request.invalidQuery("author", "is missing"));
    Uid author = findPerson.find(raw, request.viewer());
    return Response.ok(
        request.page(
            "posts by " + author,
            (after, limit) -> listPosts.list(request.viewer(), author, limit, after)));
  }

  /// The post in the path; what cannot be an id is no post.
  static String id(Request request) {
    String id = request.path("id").toUpperCase(Locale.ROOT);
    if (!Ids.isUlid(id)) {
      throw Problems.noSuchPost();
    }
    return id;
  }
}
