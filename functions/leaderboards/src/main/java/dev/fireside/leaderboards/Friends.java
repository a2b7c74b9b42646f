package dev.fireside.leaderboards;

import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.store.RelationReader;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The people whom a player compares themselves with: whom they follow, and themselves.
final class Friends {
  /// People who are ranked together, beside the player: all whom somebody can follow.
  static final int MAX = RelationReader.EACH_MAX;

  private final RelationReader relations;

  Friends(RelationReader relations) {
    this.relations = relations;
  }

  /// Throws a 401 problem for an anonymous viewer.
  Set<Uid> of(@Nullable Uid viewer) {
    Uid player = signedIn(viewer);
    var friends = new LinkedHashSet<>(relations.following(player, MAX));
    friends.add(player);
    return friends;
  }

  /// The viewer. Throws a 401 problem for an anonymous one.
  static Uid signedIn(@Nullable Uid viewer) {
    if (viewer == null) {
      throw ProblemException.of(
          ProblemType.UNAUTHENTICATED,
          "This is about the caller: send a token",
          Map.of("WWW-Authenticate", "Bearer"));
    }
    return viewer;
  }
}
