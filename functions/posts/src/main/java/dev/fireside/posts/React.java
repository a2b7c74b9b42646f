package dev.fireside.posts;

import dev.fireside.posts.domain.Reaction;
import dev.fireside.posts.store.PostGate;
import dev.fireside.posts.store.ReactionStore;
import dev.fireside.posts.store.Sighting;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.social.domain.ReactionKind;
import java.util.List;

/// Reacts to a post.
final class React {
  private final PostGate gate;
  private final ReactionStore reactions;

  React(PostGate gate, ReactionStore reactions) {
    this.gate = gate;
    this.reactions = reactions;
  }

  /// @param postId the post reacted to: the original where a repost was named
  /// @param isNew whether the person did not react so before
  /// @param kinds what they react with now
  record Outcome(String postId, boolean isNew, List<String> kinds) {}

  /// @param id of the new reaction
  Outcome react(Uid uid, String id, String postId, ReactionKind kind) {
    Sighting sighting = gate.look(uid, postId);
    if (sighting.post() == null) {
      throw Problems.noSuchPost();
    }
    if (sighting.viewer() == null) {
      throw Problems.noProfile();
    }
    var wanted = new Reaction(id, sighting.postId(), uid, List.of(WireNames.of(kind)));
    ReactionStore.Outcome outcome = reactions.add(wanted, sighting.reactions());
    return new Outcome(sighting.postId(), outcome.isNew(), outcome.kinds());
  }
}
