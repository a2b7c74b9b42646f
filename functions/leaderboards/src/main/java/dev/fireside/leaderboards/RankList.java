package dev.fireside.leaderboards;

import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.Scope;
import dev.fireside.shared.http.Request;
import org.jspecify.annotations.Nullable;

/// Among whom ranks are asked for.
///
/// @param country whose, where the scope is a country; null for that of a player in question
record RankList(Scope scope, @Nullable String country) {
  /// Throws a 400 problem where a board has no such ranks.
  void check(Board board) {
    if (!board.scopes().contains(scope)) {
      throw Request.invalidQuery("scope", "is not one of this board");
    }
  }

  /// The same of a country.
  RankList of(String other) {
    return new RankList(scope, other);
  }
}
