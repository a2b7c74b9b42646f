package dev.fireside.posts;

import dev.fireside.posts.store.Stores;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.limits.Budget;
import dev.fireside.social.domain.ReactionKind;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Transport of the routes about reactions.
final class ReactionRoutes {
  /// Somebody who scrolls fast and likes what they see.
  private static final Budget REACT = new Budget("posts-react", 1_000, Duration.ofMinutes(15));

  private final React react;
  private final TakeBackReaction takeBackReaction;
  private final ListReactions listReactions;

  ReactionRoutes(Stores stores) {
    this.react = new React(stores.gate(), stores.reactions());
    this.takeBackReaction = new TakeBackReaction(stores.gate(), stores.reactions());
    this.listReactions = new ListReactions(stores.gate(), stores.reactions(), stores.people());
  }

  void addTo(HttpApp app) {
    app.route("POST", "/api/reactions", Access.USER, REACT, this::add)
        .route("DELETE", "/api/reactions", Access.USER, REACT, this::remove)
        .route("GET", "/api/reactions", Access.PUBLIC, this::list);
  }

  private Response add(Request request) {
    PostBodies.ReactionTo wanted = request.body(PostBodies::reaction);
    React.Outcome outcome =
        react.react(request.caller().uid(), request.newId(), wanted.postId(), wanted.kind());
    var body = Map.of("postId", outcome.postId(), "reactions", outcome.kinds());
    return new Response(outcome.isNew() ? 201 : 200, Map.of(), body);
  }

  private Response remove(Request request) {
    ReactionKind kind = kind(request).orElseThrow(() -> Request.invalidQuery("kind", "is missing"));
    takeBackReaction.takeBack(request.caller().uid(), postId(request), kind);
    return Response.noContent();
  }

  private Response list(Request request) {
    String postId = postId(request);
    String kind = kind(request).map(WireNames::of).orElse("");
    return Response.ok(
        request.page(
            "reactions to " + postId + " " + kind,
            (after, limit) ->
                listReactions.list(
                    request.viewer(), postId, kind.isEmpty() ? null : kind, limit, after)));
  }

  private static String postId(Request request) {
    String id =
        request
            .query("postId", 100)
            .orElseThrow(() -> Request.invalidQuery("postId", "is missing"))
            .toUpperCase(Locale.ROOT);
    if (!Ids.isUlid(id)) {
      throw Request.invalidQuery("postId", "must be an id");
    }
    return id;
  }

  private static Optional<ReactionKind> kind(Request request) {
    return request.queryOneOf("kind", ReactionKind.class);
  }
}
