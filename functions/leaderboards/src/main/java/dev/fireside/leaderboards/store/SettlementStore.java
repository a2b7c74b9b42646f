package dev.fireside.leaderboards.store;

import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Query;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.BoardStatus;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.PeriodKind;
import dev.fireside.play.domain.PeriodRecord;
import dev.fireside.play.domain.PeriodState;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.domain.Row;
import dev.fireside.play.store.BoardStore;
import dev.fireside.play.store.ChunkStore;
import dev.fireside.play.store.PeriodStore;
import dev.fireside.play.store.PlayerStore;
import dev.fireside.play.store.RewardFields;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.FieldChange;
import dev.fireside.shared.store.Fields;
import dev.fireside.shared.store.Writes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How far periods have come on their way from open to settled. Each step is one commit, in which
/// the worker is still the period's: a worker that slept for too long writes nothing over the work
/// of the next. No locks are held, since every submission reads the board in its transaction.
public final class SettlementStore {
  /// How long a worker need not be heard of before its period is another's.
  public static final Duration LEASE = Duration.ofMinutes(2);

  /// Chunks of one commit: below Firestore's 10 MiB, also when every row has all the metadata it
  /// may have.
  public static final int CHUNKS_PER_COMMIT = 8;

  private static final String UNTIL = "settlement.until";

  private final Documents documents;
  private final BoardStore boards;
  private final ChunkStore chunks;
  private final Ids ids;
  private final Clock clock;

  public SettlementStore(Platform platform) {
    this.documents = platform.documents();
    this.boards = new BoardStore(platform);
    this.chunks = new ChunkStore(platform);
    this.ids = platform.ids();
    this.clock = platform.clock();
  }

  /// Claims a period that has ended. From here on it takes no scores: a submission whose
  /// transaction read the board before has committed, or reads it again.
  ///
  /// @param through the end of the latest period of the kind that has ended: the ones before it are
  ///   closed at once
  public Claim claim(BoardId boardId, Period period, Instant through) {
    return claim(boardId, period, through, null);
  }

  /// The same for a period that somebody ends before its time, which its document says.
  ///
  /// @param endedBy null for one whose time is over
  public Claim claim(BoardId boardId, Period period, Instant through, @Nullable Uid endedBy) {
    String boardPath = BoardStore.path(boardId);
    String periodPath = PeriodStore.path(boardId, period.key());
    String owner = ids.next();
    return documents.writeIfUnchanged(writes -> {
      Map<String, Document> found = documents.getAll(List.of(boardPath, periodPath));
      Document boardDocument = found.get(boardPath);
      if (boardDocument == null) {
        return new Claim.Gone();
      }
      Board board = BoardStore.parse(boardDocument);
      if (board.status() == BoardStatus.DELETED) {
        return new Claim.Gone();
      }
      Document document = found.get(periodPath);
      PeriodRecord record = document == null ? unwritten(period) : PeriodStore.parse(document);
      if (record.state() == PeriodState.SETTLED) {
        return new Claim.Settled();
      }
      Fields settlement = settlement(document);
      if (isHeldByAnother(settlement, owner)) {
        return new Claim.Taken();
      }
      if (isBefore(board.closedThrough().get(period.kind()), through)) {
        writes.update(
            boardDocument, Map.of("closedThrough." + WireNames.of(period.kind()), through));
      }
      boolean closing = record.state() == PeriodState.CLOSING;
      var rewards =
          closing ? RewardFields.parse(settlement, "rewards") : board.rewards().of(period.kind());
      boolean frozen = settlement.flag("frozen");
      boolean held =
          endedBy == null && !frozen && !rewards.isEmpty() && isHeld(board, record, period);
      if (held && closing) {
        return new Claim.Held();
      }
      var fields = new HashMap<String, Object>(closing ? Map.of() : PeriodStore.fields(record));
      fields.put("state", WireNames.of(PeriodState.CLOSING));
      if (endedBy != null) {
        fields.put("ended", Map.of("by", endedBy.value(), "at", clock.instant()));
      }
      fields.put(
          "settlement",
          Map.of(
              "owner",
              owner,
              "until",
              held ? Instant.EPOCH : clock.instant().plus(LEASE),
              "frozen",
              frozen,
              "rewards",
              RewardFields.fields(rewards)));
      if (document == null) {
        writes.create(periodPath, fields);
      } else {
        writes.update(document, fields);
      }
      return held
          ? new Claim.Held()
          : new Claim.Mine(new Work(boardId, owner, record, frozen, rewards));
    });
  }

  /// Whether the rewards of a period that has ended are not due yet, by what the board says now:
  /// moderators who need longer, or less long, change it.
  private boolean isHeld(Board board, PeriodRecord record, Period period) {
    Instant end = record.endedEarlyAt() == null ? period.end() : record.endedEarlyAt();
    return end != null && clock.instant().isBefore(end.plus(board.rewards().after()));
  }

  /// Whether somebody writes the final ranks of a period, or is about to.
  public static boolean isFreezing(@Nullable Document document) {
    return document != null
        && PeriodStore.parse(document).state() == PeriodState.CLOSING
        && !settlement(document).flag("frozen");
  }

  private static Fields settlement(@Nullable Document document) {
    return document == null ? new Fields(Map.of()) : document.fields().map("settlement");
  }

  /// It may find what it wrote itself, where the answer to that was lost.
  private boolean isHeldByAnother(Fields settlement, String owner) {
    return settlement.instant("until").filter(clock.instant()::isBefore).isPresent()
        && !settlement.text("owner").equals(Optional.of(owner));
  }

  private static PeriodRecord unwritten(Period period) {
    return new PeriodRecord(period, PeriodState.OPEN, 0, 0, 0, 0, null, null);
  }

  private static boolean isBefore(@Nullable Instant mark, Instant instant) {
    return mark == null || mark.isBefore(instant);
  }

  /// Players who have an entry in the period, in the order of their ids; of what they have only
  /// that entry is read.
  ///
  /// @param after the id to go on after; null for the first page
  public List<PlayerBoard> entrants(Work work, @Nullable Uid after, int limit) {
    String key = work.period().key();
    Query query =
        documents
            .collection(BoardStore.path(work.board()) + "/players")
            .whereArrayContains("periods", key)
            .orderBy("__name__")
            .select(FieldPath.of("entries", key), FieldPath.of("hidden"))
            .limit(limit);
    return documents.list(after == null ? query : query.startAfter(after.value())).stream()
        .map(PlayerStore::parse)
        .toList();
  }

  /// Says that the worker is still at it, where that was not said for a while.
  ///
  /// @param heard when it was last said
  /// @return when it was last said now
  public Instant keep(Work work, Instant heard) {
    Instant now = clock.instant();
    if (now.isBefore(heard.plus(LEASE.dividedBy(3)))) {
      return heard;
    }
    commit(work, _ -> {}, Map.of());
    return now;
  }

  /// Writes chunks, at most [#CHUNKS_PER_COMMIT].
  ///
  /// @param first index of the first of them
  public void write(Work work, int first, List<List<Row>> chunks) {
    commit(work, writes -> add(writes, work, first, chunks), Map.of());
  }

  /// Writes the last chunks, at most [#CHUNKS_PER_COMMIT]: with them the final ranks exist, and
  /// stay.
  ///
  /// @param entries how many players are ranked
  /// @return the work as it stands now
  public Work freeze(Work work, int first, List<List<Row>> chunks, long entries) {
    int count = first + chunks.size();
    commit(
        work,
        writes -> add(writes, work, first, chunks),
        Map.of("entries", entries, "chunks", (long) count, "settlement.frozen", true));
    PeriodRecord before = work.record();
    return new Work(
        work.board(),
        work.owner(),
        new PeriodRecord(
            before.period(),
            PeriodState.CLOSING,
            before.size(),
            entries,
            count,
            0,
            null,
            before.endedEarlyAt()),
        true,
        work.rewards());
  }

  private static void add(Writes writes, Work work, int first, List<List<Row>> chunks) {
    for (int i = 0; i < chunks.size(); i++) {
      writes.set(
          ChunkStore.path(work.board(), work.period().key(), first + i),
          ChunkStore.fields(chunks.get(i)));
    }
  }

  /// Takes those out of the frozen ranks who were deleted while these were being written. Whoever
  /// is deleted from then on is found in the chunks.
  public void eraseGone(Work work) {
    String key = work.period().key();
    List<Uid> gone =
        documents.get(PeriodStore.path(work.board(), key)).map(PeriodStore::gone).orElse(List.of());
    if (gone.isEmpty()) {
      return;
    }
    for (Uid uid : gone) {
      chunks
          .naming(work.board(), key, uid)
          .ifPresent(path -> {
            chunks.erase(path, uid);
            chunks.forget(path, uid);
          });
    }
    commit(work, _ -> {}, PeriodStore.withoutGone());
  }

  /// The rewards up to a rank are given.
  public void rewarded(Work work, long rank) {
    commit(work, _ -> {}, Map.of("rewardedThrough", rank));
  }

  /// All is done.
  public void settle(Work work) {
    var fields = new HashMap<String, Object>();
    fields.put("state", WireNames.of(PeriodState.SETTLED));
    fields.put("settledAt", clock.instant());
    fields.put("settlement", FieldChange.clear());
    commit(work, _ -> {}, fields);
  }

  /// Lets others go on at once.
  public void release(Work work) {
    commit(work, _ -> {}, Map.of(UNTIL, Instant.EPOCH));
  }

  /// The periods of a kind up to `end` need nothing more: their ranks are read from chunks.
  public void moveOn(BoardId boardId, PeriodKind kind, Instant end) {
    String path = BoardStore.path(boardId);
    documents.writeIfUnchanged(writes -> {
      Optional<Document> board = documents.get(path);
      board
          .filter(read -> isBefore(BoardStore.parse(read).settledThrough().get(kind), end))
          .ifPresent(
              read -> writes.update(read, Map.of("settledThrough." + WireNames.of(kind), end)));
      return board;
    });
  }

  /// Lets readers know how far a board has come.
  public void show(BoardId boardId) {
    documents
        .get(BoardStore.path(boardId))
        .ifPresent(
            document -> boards.keep(boardId, BoardStore.parse(document), document.version()));
  }

  /// Writes as the period's worker, or throws [TakenOverException].
  private void commit(Work work, Consumer<Writes> more, Map<String, ?> fields) {
    String path = PeriodStore.path(work.board(), work.period().key());
    documents.writeIfUnchanged(writes -> {
      Document document = documents.get(path).orElseThrow(() -> new TakenOverException(path));
      if (!settlement(document).text("owner").equals(Optional.of(work.owner()))) {
        throw new TakenOverException(path);
      }
      more.accept(writes);
      var all = new HashMap<String, Object>(fields);
      if (!fields.containsKey("settlement")) {
        all.putIfAbsent(UNTIL, clock.instant().plus(LEASE));
      }
      writes.update(document, all);
      return path;
    });
  }
}
