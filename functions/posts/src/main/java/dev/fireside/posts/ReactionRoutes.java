package dev.fireside.posts;

import dev.fireside.posts.store.Stores;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.json.WireNames;
import dev.fireside.social.domain.ReactionKind;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Transport of the routes about reactions.
final class ReactionRoutes {
  private final React react;
  private final TakeBackReaction takeBackReaction;
  private final ListReactions listReactions;

  ReactionRoutes(Stores stores) {
    this.react = new React(stores.gate(), stores.reactions());
    this.takeBackReaction = new TakeBackReaction(stores.gate(), stores.reactions());
    this.listReactions = new ListReactions(stores.gate(), stores.reactions(), stores.people());
  }

  Response add(Request request) {
    PostBodies.ReactionTo wanted = request.body(PostBodies::reaction);
    React.Outcome outcome =
        react.react(request.caller().uid(), request.newId(), wanted.postId(), wanted.kind());
    var body = Map.of("postId", outcome.postId(), "reactions", outcome.kinds());
    return new Response(outcome.isNew() ? 201 : 200, Map.of(), body);
  }

  Response remove(Request request) {
    ReactionKind kind = kind(request).orElseThrow(() -> Request.invalidQuery("kind", "is missing"));
    takeBackReaction.takeBack(request.caller().uid(), postId(request), kind);
    return Response.noContent();
  }

  Response list(Request request) {
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
