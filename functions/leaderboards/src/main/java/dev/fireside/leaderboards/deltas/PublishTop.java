package dev.fireside.leaderboards.deltas;

import dev.fireside.leaderboards.store.DeltaLog;
import dev.fireside.leaderboards.store.DeltaLog.Published;
import dev.fireside.leaderboards.store.DirtyTops;
import dev.fireside.leaderboards.store.DirtyTops.Note;
import dev.fireside.leaderboards.store.DirtyTops.Place;
import dev.fireside.leaderboards.store.HiddenPlayers;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardStatus;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.PeriodKind;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.domain.RankAnswer;
import dev.fireside.play.store.BoardStore;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.Platform;
import dev.fireside.shared.realtime.RealtimeDatabase;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Publishes what changed at the top of a period since it was last published: to the Realtime
/// Database first, then to the log that `changes` is read from. Whoever stops in between publishes
/// the same again.
final class PublishTop {
  private static final String ROOT = "leaderboards";

  private final DirtyTops dirty;
  private final DeltaLog log;
  private final BoardStore boards;
  private final Ranks ranks;
  private final HiddenPlayers hiddenPlayers;
  private final RealtimeDatabase realtime;

  PublishTop(Platform platform) {
    this.dirty = new DirtyTops(platform);
    this.log = new DeltaLog(platform);
    this.boards = new BoardStore(platform);
    this.ranks = new Ranks(platform);
    this.hiddenPlayers = new HiddenPlayers(platform);
    this.realtime = platform.realtime().main();
  }

  /// Publishes the periods of notes, each unless somebody did a moment ago or its ranks are not
  /// known: then the note stays, and a later call does it. Throws
  /// [dev.fireside.shared.realtime.RealtimeException] while the Realtime Database is away, and the
  /// notes stay too.
  void publish(Collection<Note> notes) {
    if (notes.isEmpty()) {
      return;
    }
    Set<Place> turns = log.takeTurns(notes.stream().map(Note::place).toList());
    for (Note note : notes) {
      if (turns.contains(note.place())) {
        publish(note);
      }
    }
  }

  private void publish(Note note) {
    Place place = note.place();
    Optional<Board> board =
        boards.get(place.board()).filter(found -> found.status() != BoardStatus.DELETED);
    if (board.isEmpty()) {
      var gone = new HashMap<String, @Nullable Object>();
      gone.put(ROOT + "/" + place.board(), null);
      realtime.update(gone);
      log.forget(place);
      dirty.done(note);
      return;
    }
    Optional<Period> period = Periods.parse(board.get(), place.period());
    if (period.isEmpty() || publish(place, board.get(), period.get())) {
      dirty.done(note);
    }
  }

  /// @return whether there is nothing left to do
  private boolean publish(Place place, Board board, Period period) {
    Published before = log.read(place, null);
    if (before.version() == null && board.hasSettled(period)) {
      // Over for long: nobody watches it, and what it says of people must not outlive them.
      withdraw(place);
      return true;
    }
    RankAnswer top =
        hiddenPlayers.without(
            board, period, null, ranks.page(board, period, null, 1, board.visibleTop(), null));
    if (!top.ready()) {
      return false;
    }
    var rows = new LinkedHashMap<String, TopRow>();
    TopRow.of(top, board.ranking()).forEach(row -> rows.put(row.uid(), row));
    var changes = new LinkedHashMap<String, String>();
    rows.forEach((uid, row) -> {
      if (!row.json().equals(before.rows().get(uid))) {
        changes.put(uid, row.json());
      }
    });
    before.rows().keySet().stream()
        .filter(uid -> !rows.containsKey(uid))
        .forEach(uid -> changes.put(uid, ""));
    if (changes.isEmpty()) {
      if (before.version() == null) {
        withdraw(place);
      }
      return true;
    }
    realtime.update(
        before.version() == null
            ? whole(board, period, before.next(), rows)
            : changed(place, before.next(), rows, changes));
    return log.remember(place, before, changes);
  }

  /// Takes away what was published before it was forgotten here.
  private void withdraw(Place place) {
    if (realtime.keys(ROOT + "/" + place.board()).contains(place.period())) {
      var gone = new HashMap<String, @Nullable Object>();
      gone.put(ROOT + "/" + place.board() + "/" + place.period(), null);
      realtime.update(gone);
    }
  }

  /// Everything, in place of what was published before it was forgotten here.
  private Map<String, @Nullable Object> whole(
      Board board, Period period, long version, Map<String, TopRow> rows) {
    var values = new HashMap<String, @Nullable Object>();
    values.put(
        ROOT + "/" + board.id() + "/" + period.key(), Map.of("version", version, "rows", rows));
    // Of the periods before, the last one stays for those who still look at it.
    PeriodKind kind = period.kind();
    if (kind != PeriodKind.ALL_TIME) {
      Period last = Periods.current(board, kind, period.start().minusMillis(1));
      for (String key : realtime.keys(ROOT + "/" + board.id())) {
        Periods.parse(board, key)
            .filter(other -> other.kind() == kind && other.start().isBefore(last.start()))
            .ifPresent(other -> values.put(ROOT + "/" + board.id() + "/" + other.key(), null));
      }
    }
    return values;
  }

  private static Map<String, @Nullable Object> changed(
      Place place, long version, Map<String, TopRow> rows, Map<String, String> changes) {
    String path = ROOT + "/" + place.board() + "/" + place.period();
    var values = new HashMap<String, @Nullable Object>();
    values.put(path + "/version", version);
    changes.keySet().forEach(uid -> values.put(path + "/rows/" + uid, rows.get(uid)));
    return values;
  }
}
