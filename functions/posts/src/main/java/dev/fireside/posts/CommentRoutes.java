package dev.fireside.posts;

import dev.fireside.posts.domain.CommentView;
import dev.fireside.posts.store.CommentStore;
import dev.fireside.posts.store.Stores;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.limits.Budget;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Transport of the routes about comments.
final class CommentRoutes {
  /// Somebody who comments on a whole evening's live event.
  private static final Budget COMMENT = new Budget("posts-comment", 300, Duration.ofMinutes(15));

  private final WriteComment writeComment;
  private final ReadComments readComments;
  private final ListComments listComments;
  private final ListOwnComments listOwnComments;
  private final EditComment editComment;
  private final DeleteComment deleteComment;

  CommentRoutes(Stores stores, Clock clock) {
    CommentStore comments = stores.comments();
    this.readComments = new ReadComments(stores.gate(), comments, stores.people());
    this.writeComment = new WriteComment(stores.gate(), comments, stores.people(), readComments);
    this.listComments = new ListComments(stores.gate(), comments, readComments);
    this.listOwnComments = new ListOwnComments(comments, readComments);
    this.editComment = new EditComment(comments, stores.people(), readComments, clock);
    this.deleteComment = new DeleteComment(comments, stores.reader(), readComments, clock);
  }

  void addTo(HttpApp app) {
    app.route("POST", "/api/posts/{id}/comments", Access.USER, COMMENT, this::createBelow)
        .route("GET", "/api/posts/{id}/comments", Access.PUBLIC, this::listBelow)
        .route("POST", "/api/comments", Access.USER, COMMENT, this::create)
        .route("GET", "/api/comments", Access.USER, this::listOwn)
        .route("GET", "/api/comments/{id}", Access.PUBLIC, this::read)
        .route("PATCH", "/api/comments/{id}", Access.USER, COMMENT, this::edit)
        .route("DELETE", "/api/comments/{id}", Access.USER, this::delete);
  }

  private Response createBelow(Request request) {
    return create(
        request,
        new PostBodies.CommentOn(PostRoutes.id(request), request.body(PostBodies::comment)));
  }

  private Response create(Request request) {
    return create(request, request.body(PostBodies::commentOn));
  }

  private Response create(Request request, PostBodies.CommentOn wanted) {
    CommentView view =
        writeComment.write(
            request.caller().uid(), request.newId(), wanted.postId(), wanted.comment());
    return Response.created("/api/comments/" + view.id(), view);
  }

  private Response listBelow(Request request) {
    String postId = PostRoutes.id(request);
    String parent =
        request.query("parent", 100).map(id -> id.toUpperCase(Locale.ROOT)).orElse(null);
    if (parent != null && !Ids.isUlid(parent)) {
      throw Request.invalidQuery("parent", "must be an id");
    }
    String order = request.queryOneOf("order", List.of("newest", "oldest"));
    var branch = new ListComments.Branch(postId, parent, order.equals("newest"));
    return Response.ok(
        request.page(
            "comments of " + postId + " below " + parent + " " + order,
            (after, limit) -> listComments.list(request.viewer(), branch, limit, after)));
  }

  private Response listOwn(Request request) {
    request.queryOneOf("author", List.of("me"));
    return Response.ok(
        request.page(
            "own comments",
            (after, limit) -> listOwnComments.list(request.caller().uid(), limit, after)));
  }

  private Response read(Request request) {
    return Response.ok(
            readComments
                .read(request.viewer(), commentId(request))
                .orElseThrow(Problems::noSuchComment))
        .revalidated();
  }

  private Response edit(Request request) {
    return Response.ok(
        editComment.edit(
            request.caller().uid(), commentId(request), request.body(PostBodies::commentText)));
  }

  private Response delete(Request request) {
    deleteComment.delete(request.caller(), commentId(request));
    return Response.noContent();
  }

  private static String commentId(Request request) {
    String id = request.path("id").toUpperCase(Locale.ROOT);
    if (!Ids.isUlid(id)) {
      throw Problems.noSuchComment();
    }
    return id;
  }
}
