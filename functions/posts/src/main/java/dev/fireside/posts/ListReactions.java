package dev.fireside.posts;

import dev.fireside.posts.domain.Reaction;
import dev.fireside.posts.domain.Reactor;
import dev.fireside.posts.store.People;
import dev.fireside.posts.store.PostGate;
import dev.fireside.posts.store.ReactionStore;
import dev.fireside.posts.store.Sighting;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.lists.Part;
import dev.fireside.social.domain.PersonView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lists who reacted to a post, newest first.
final class ListReactions {
  private final PostGate gate;
  private final ReactionStore reactions;
  private final People people;

  ListReactions(PostGate gate, ReactionStore reactions, People people) {
    this.gate = gate;
    this.reactions = reactions;
    this.people = people;
  }

  /// @param kind only those who reacted so; null for all
  /// @param after id of the reactions after which the list goes on; null for the start
  Part<Reactor> list(
      @Nullable Uid viewer,
      String postId,
      @Nullable String kind,
      int limit,
      @Nullable String after) {
    Sighting sighting = gate.look(viewer, postId);
    if (sighting.post() == null) {
      throw Problems.noSuchPost();
    }
    return Part.fill(
        limit,
        after,
        (position, count) -> reactions.list(sighting.postId(), kind, position, count),
        Reaction::id,
        found -> present(viewer, found),
        Reactor::id);
  }

  private List<Reactor> present(@Nullable Uid viewer, List<Reaction> found) {
    if (found.isEmpty()) {
      return List.of();
    }
    Map<Uid, PersonView> visible =
        people.visible(viewer, found.stream().map(Reaction::uid).toList());
    var reactors = new ArrayList<Reactor>();
    for (Reaction reaction : found) {
      PersonView person = visible.get(reaction.uid());
      // Who took everything back is still in the collection.
      if (person != null && !reaction.kinds().isEmpty()) {
        reactors.add(new Reactor(reaction.id(), person, reaction.kinds()));
      }
    }
    return reactors;
  }
}
