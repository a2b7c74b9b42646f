package dev.fireside.posts;

import dev.fireside.posts.store.PostGate;
import dev.fireside.posts.store.ReactionStore;
import dev.fireside.posts.store.Sighting;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.social.domain.ReactionKind;

/// Takes a reaction back, also from a post that cannot be seen any more.
final class TakeBackReaction {
  private final PostGate gate;
  private final ReactionStore reactions;

  TakeBackReaction(PostGate gate, ReactionStore reactions) {
    this.gate = gate;
    this.reactions = reactions;
  }

  void takeBack(Uid uid, String postId, ReactionKind kind) {
    Sighting sighting = gate.look(uid, postId);
    reactions.remove(sighting.postId(), uid, WireNames.of(kind), sighting.reactions());
  }
}
