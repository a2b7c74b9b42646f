package dev.fireside.posts;

import dev.fireside.posts.domain.CommentView;
import dev.fireside.posts.store.CommentStore;
import dev.fireside.posts.store.Stores;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Ids;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/// Transport of the routes about comments.
final class CommentRoutes {
  private final WriteComment writeComment;
  private final ReadComments readComments;
  private final ListComments listComments;
  private final ListOwnComments listOwnComments;
  private final EditComment editComment;
  private final DeleteComment deleteComment;

  CommentRoutes(Stores stores, Clock clock) {
    CommentStore comments = stores.comments();
    this.writeComment = new WriteComment(stores.gate(), comments, stores.people());
    this.readComments = new ReadComments(stores.gate(), comments, stores.people());
    this.listComments = new ListComments(stores.gate(), comments, readComments);
    this.listOwnComments = new ListOwnComments(comments, readComments);
    this.editComment = new EditComment(comments, stores.people(), readComments, clock);
    this.deleteComment = new DeleteComment(comments, stores.reader(), readComments, clock);
  }

  Response createBelow(Request request) {
    return create(
        request,
        new PostBodies.CommentOn(PostRoutes.id(request), request.body(PostBodies::comment)));
  }

  Response create(Request request) {
    return create(request, request.body(PostBodies::commentOn));
  }

  private Response create(Request request, PostBodies.CommentOn wanted) {
    CommentView view =
        writeComment.write(
            request.caller().uid(), request.newId(), wanted.postId(), wanted.comment());
    return Response.created("/api/comments/" + view.id(), view);
  }

  Response listBelow(Request request) {
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

  Response listOwn(Request request) {
    request.queryOneOf("author", List.of("me"));
    return Response.ok(
        request.page(
            "own comments",
            (after, limit) -> listOwnComments.list(request.caller().uid(), limit, after)));
  }

  Response read(Request request) {
    return Response.ok(
            readComments
                .read(request.viewer(), commentId(request))
                .orElseThrow(Problems::noSuchComment))
        .revalidated();
  }

  Response edit(Request request) {
    return Response.ok(
        editComment.edit(
            request.caller().uid(), commentId(request), request.body(PostBodies::commentText)));
  }

  Response delete(Request request) {
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
