package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.HiddenPlayers;
import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.lists.Part;
import dev.fireside.social.domain.Profile;
import dev.fireside.social.store.ProfileReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lists who is hidden on a board, by uid.
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
  /// @param by what hides them
  /// @param handle null for people without a profile
  record HiddenView(
      Uid uid, List<String> by, @Nullable String handle, @Nullable String displayName) {}

  /// @param after uid after which the list goes on; null for the start
  Part<HiddenView> list(BoardId id, @Nullable String after, int limit) {
    BoardId board = boards.get(id).orElseThrow(Problems::noSuchBoard).id();
    Part<PlayerBoard> hidden =
        Part.of(
            hiddenPlayers.list(board, after == null ? null : new Uid(after), limit + 1),
            limit,
            player -> player.uid().value());
    List<Uid> uids = hidden.items().stream().map(PlayerBoard::uid).toList();
    Map<Uid, Profile> people = uids.isEmpty() ? Map.of() : profiles.getAll(uids);
    return hidden.map(player -> view(player, people.get(player.uid())));
  }

  private static HiddenView view(PlayerBoard player, @Nullable Profile profile) {
    return new HiddenView(
        player.uid(),
        player.hiddenBy().stream().map(WireNames::of).sorted().toList(),
        profile == null ? null : profile.handle(),
        profile == null ? null : profile.displayName());
  }
}
