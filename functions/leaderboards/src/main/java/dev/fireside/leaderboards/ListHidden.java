package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.HiddenPlayers;
import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.play.domain.BoardId;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.Profile;
import dev.fireside.social.store.ProfileReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lists whom moderators have hidden on a board, by uid.
final class ListHidden {
  private final KnownBoards boards;
  private final HiddenPlayers hiddenPlayers;
  private final ProfileReader profiles;

  ListHidden(KnownBoards boards, HiddenPlayers hiddenPlayers, ProfileReader profiles) {
    this.boards = boards;
    this.hiddenPlayers = hiddenPlayers;
    this.profiles = profiles;
  }

  /// Somebody who is hidden.
  ///
  /// @param handle null for people without a profile
  record HiddenView(Uid uid, @Nullable String handle, @Nullable String displayName) {}

  /// A page of them.
  ///
  /// @param next the uid that the next page goes on after; null on the last one
  record Hidden(List<HiddenView> items, @Nullable String next) {}

  /// Throws a 404 problem where there is no such board.
  Hidden list(BoardId id, @Nullable Uid after, int limit) {
    List<Uid> found =
        hiddenPlayers.list(
            boards.get(id).orElseThrow(Problems::noSuchBoard).id(), after, limit + 1);
    List<Uid> page = found.subList(0, Math.min(limit, found.size()));
    Map<Uid, Profile> people = page.isEmpty() ? Map.of() : profiles.getAll(page);
    return new Hidden(
        page.stream().map(uid -> view(uid, people.get(uid))).toList(),
        found.size() > limit ? page.getLast().value() : null);
  }

  private static HiddenView view(Uid uid, @Nullable Profile profile) {
    return profile == null
        ? new HiddenView(uid, null, null)
        : new HiddenView(uid, profile.handle(), profile.displayName());
  }
}
