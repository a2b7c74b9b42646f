package dev.fireside.leaderboards.settlement;

import dev.fireside.leaderboards.domain.Standings;
import dev.fireside.leaderboards.store.SettlementStore;
import dev.fireside.leaderboards.store.Work;
import dev.fireside.play.domain.Entry;
import dev.fireside.play.domain.Order;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.domain.Ranking;
import dev.fireside.play.domain.Row;
import dev.fireside.play.store.ChunkStore;
import dev.fireside.play.store.PlayerStore;
import dev.fireside.shared.ids.Uid;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the final ranks of a closed period into chunks. Begun anew, it writes them anew; once
/// they are all there they stay.
final class FreezePeriod {
  private static final int PAGE = 1_000;

  private final SettlementStore store;
  private final PlayerStore players;
  private final Clock clock;

  FreezePeriod(SettlementStore store, PlayerStore players, Clock clock) {
    this.store = store;
    this.players = players;
    this.clock = clock;
  }

  /// Returns the work as it stands then. Throws
  /// [dev.fireside.leaderboards.store.TakenOverException] when it is another's meanwhile.
  Work freeze(Work work, Ranking ranking) {
    Standings ranked = empty(ranking);
    Standings hidden = empty(ranking);
    Instant heard = read(work, ranked, hidden);
    int rankedChunks = Math.ceilDiv(ranked.size(), ChunkStore.ROWS);
    int chunks = rankedChunks + Math.ceilDiv(hidden.size(), ChunkStore.ROWS);
    var rows = new ArrayList<List<Row>>();
    int first = 0;
    for (int chunk = 0; chunk < chunks; chunk++) {
      if (rows.size() == SettlementStore.CHUNKS_PER_COMMIT) {
        store.write(work, first, rows);
        heard = clock.instant();
        first = chunk;
        rows.clear();
      }
      rows.add(
          chunk < rankedChunks
              ? rows(work, ranked, chunk)
              : rows(work, hidden, chunk - rankedChunks));
      heard = store.keep(work, heard);
    }
    return store.freeze(work, first, rows, ranked.size());
  }

  private static Standings empty(Ranking ranking) {
    return new Standings(ranking.order() == Order.DESC, ranking.subscoreOrder() == Order.DESC);
  }

  /// Reads all entries but their metadata.
  ///
  /// @return when it was last said that the worker is at it
  private Instant read(Work work, Standings ranked, Standings hidden) {
    String key = work.period().key();
    Instant heard = clock.instant();
    Uid last = null;
    while (true) {
      List<PlayerBoard> page = store.entrants(work, last, PAGE);
      for (PlayerBoard player : page) {
        Entry entry = player.entry(key);
        if (entry.scored()) {
          Standings standings = player.hidden() ? hidden : ranked;
          standings.add(
              new Standings.Entry(
                  player.uid().value(),
                  entry.score(),
                  entry.subscore(),
                  entry.at(),
                  entry.country(),
                  entry.metadata() != null));
        }
      }
      if (page.size() < PAGE) {
        return heard;
      }
      last = page.getLast().uid();
      heard = store.keep(work, heard);
    }
  }

  private List<Row> rows(Work work, Standings standings, int chunk) {
    int from = chunk * ChunkStore.ROWS;
    int to = Math.min(standings.size(), from + ChunkStore.ROWS);
    var entries = new ArrayList<Standings.Entry>();
    for (int place = from; place < to; place++) {
      entries.add(standings.at(place));
    }
    List<Uid> withMetadata =
        entries.stream()
            .filter(Standings.Entry::hasMetadata)
            .map(entry -> new Uid(entry.uid()))
            .toList();
    Map<Uid, PlayerBoard> found = players.getAll(work.board(), withMetadata);
    return entries.stream()
        .map(entry -> row(entry, found.get(new Uid(entry.uid())), work.period().key()))
        .toList();
  }

  private static Row row(Standings.Entry entry, @Nullable PlayerBoard player, String period) {
    return new Row(
        new Uid(entry.uid()),
        entry.score(),
        entry.subscore(),
        entry.at(),
        player == null ? null : player.entry(period).metadata(),
        entry.country());
  }
}
