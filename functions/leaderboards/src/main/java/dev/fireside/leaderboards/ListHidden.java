package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.HiddenPlayers;
import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.play.domain.BoardId;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.lists.Part;
import dev.fireside.social.domain.Profile;
import dev.fireside.social.store.ProfileReader;
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

  /// @param after uid after which the list goes on; null for the start
  Part<HiddenView> list(BoardId id, @Nullable String after, int limit) {
    BoardId board = boards.get(id).orElseThrow(Problems::noSuchBoard).id();
    Part<Uid> hidden =
        Part.of(
            hiddenPlayers.list(board, after == null ? null : new Uid(after), limit + 1),
            limit,
            Uid::value);
    Map<Uid, Profile> people =
        hidden.items().isEmpty() ? Map.of() : profiles.getAll(hidden.items());
    return hidden.map(uid -> view(uid, people.get(uid)));
  }

  private static HiddenView view(Uid uid, @Nullable Profile profile) {
    return profile == null
        ? new HiddenView(uid, null, null)
        : new HiddenView(uid, profile.handle(), profile.displayName());
  }
}
