package dev.fireside.leaderboards.deltas;

import dev.fireside.leaderboards.store.DirtyTops;
import dev.fireside.leaderboards.store.DirtyTops.Note;
import dev.fireside.leaderboards.store.DirtyTops.Place;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Entry;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.store.BoardStore;
import dev.fireside.play.store.PlayerStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.realtime.RealtimeException;
import dev.fireside.shared.store.Document;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notes in which periods a player's entry, or what is visible, changed, and publishes these where
/// it is time. Called once the ranks have taken the change over: what is published after a note
/// includes it.
public final class NoteChange {
  private static final Logger log = LoggerFactory.getLogger(NoteChange.class);

  private final BoardStore boards;
  private final DirtyTops dirty;
  private final PublishTop publishTop;
  private final Clock clock;

  public NoteChange(Platform platform) {
    this.boards = new BoardStore(platform);
    this.dirty = new DirtyTops(platform);
    this.publishTop = new PublishTop(platform);
    this.clock = platform.clock();
  }

  /// Throws while Redis is away: then the event has to come again.
  public void note(DocumentChange change) {
    var id = new BoardId(change.part(1));
    var uid = new Uid(change.id());
    PlayerBoard before = player(id, uid, change.before());
    PlayerBoard after = player(id, uid, change.after());
    List<String> changed =
        keys(before, after).stream()
            .filter(key -> !shown(before, key).equals(shown(after, key)))
            .toList();
    if (changed.isEmpty()) {
      return;
    }
    List<Place> places =
        changed.stream()
            .filter(key -> after.entries().containsKey(key) || !isSettled(id, key))
            .map(key -> new Place(id, key))
            .toList();
    note(places);
  }

  /// Notes that every current top of a board may have changed. Throws while Redis is away.
  public void note(Board board) {
    note(
        Periods.open(board, clock.instant()).stream()
            .map(period -> new Place(board.id(), period.key()))
            .toList());
  }

  /// Notes that tops may have changed. Throws while Redis is away.
  public void note(List<Place> places) {
    List<Note> notes = dirty.mark(places);
    try {
      publishTop.publish(notes);
    } catch (RealtimeException e) {
      log.warn("{} is left to the next minute", places, e);
    }
  }

  /// An entry that went because its period is settled changes nothing there.
  private boolean isSettled(BoardId id, String key) {
    return boards
        .get(id)
        .filter(board -> Periods.parse(board, key).filter(board::hasSettled).isPresent())
        .isPresent();
  }

  private static PlayerBoard player(BoardId board, Uid uid, @Nullable Document document) {
    return document == null ? PlayerBoard.none(board, uid) : PlayerStore.parse(document);
  }

  private static Set<String> keys(PlayerBoard before, PlayerBoard after) {
    var keys = new HashSet<>(before.entries().keySet());
    keys.addAll(after.entries().keySet());
    return keys;
  }

  /// What others see of an entry.
  private static Entry shown(PlayerBoard player, String key) {
    Entry entry = player.entry(key);
    if (player.hidden() || !entry.scored()) {
      return Entry.NONE;
    }
    return new Entry(
        entry.score(),
        entry.subscore(),
        entry.at(),
        entry.metadata(),
        0,
        false,
        true,
        entry.country());
  }
}
