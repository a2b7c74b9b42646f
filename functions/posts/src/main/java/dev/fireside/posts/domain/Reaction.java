package dev.fireside.posts.domain;

import dev.fireside.shared.ids.Uid;
import java.util.List;

/// A person's reactions to one post; `reactions/{post's name:uid}`.
///
/// @param id ULID of the first one; also the order in time
/// @param kinds by wire name; empty when all were taken back
public record Reaction(String id, String postId, Uid uid, List<String> kinds) {
  public Reaction {
    kinds = List.copyOf(kinds);
  }
}
