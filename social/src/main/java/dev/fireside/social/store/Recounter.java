package dev.fireside.social.store;

import dev.fireside.shared.Platform;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.redis.RedisUnavailableException;
import dev.fireside.shared.redis.Script;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps totals in documents by counting anew, never by adding one: duplicates, lost and reordered
/// events heal with the next count.
///
/// [#recount] returns when a count that saw the caller's change stands in the document, and throws
/// when none could be written, so that the event is delivered again.
///
/// **Order.** Two processes may count one after the other and write the other way round. So the
/// document holds, in `countedAt.{name}`, when its totals were counted, and an older count never
/// replaces a newer one. That time is Firestore's (the read time of the COUNT query): the clocks of
/// our processes play no part.
///
/// **Bursts.** In a process, callers join the round that has not begun to count; whoever comes
/// later makes the next one, so that at most one counts and one waits. Across processes, a round
/// needs the turn of its subject, a key in Redis that outlives the count by its *rest*: the longer
/// the more was counted, between [#REST_MIN] and [#REST_MAX], so that a person with millions of
/// followers is counted less often. How long the count took says nothing: a store that is busy with
/// a burst would put off the end of it. Who waited for the turn first looks at the mark, the `asOf`
/// of the last count *written*: a change committed before it is covered and needs no count. There
/// is a [#MARGIN] to spare, since an event about a deletion states its own time, which may be cut
/// to the second.
///
/// **Crashes.** The mark is set after the write, so a count that died covers nobody; its turn
/// expires after [#TURN] and another takes it. While Redis is away, or has lost its keys, rounds
/// just count: correct, only more often.
public final class Recounter {
  /// How long a turn lasts at most; longer counts may overlap, which is harmless.
  static final Duration TURN = Duration.ofSeconds(30);

  /// Shortest time between two counts of one subject.
  static final Duration REST_MIN = Duration.ofSeconds(1);

  /// Longest time between two counts of one subject.
  static final Duration REST_MAX = Duration.ofSeconds(30);

  /// How much later than a change a count must be to cover it.
  static final Duration MARGIN = Duration.ofSeconds(1);

  /// How long it is known when a subject was counted: spares counts for late duplicates.
  private static final Duration MARK_KEPT = Duration.ofMinutes(10);

  private static final Duration WAIT_MAX = Duration.ofSeconds(1);

  /// Rest for each thing counted: 15 s for a million, nine times what Firestore takes for them.
  private static final Duration REST_EACH = Duration.ofNanos(15_000);

  private static final long COVERED = -1;

  // KEYS: mark, turn. ARGV: the mark needed, owner, life of a turn (ms).
  // Answers -1 when covered, 0 when the turn was taken, else the milliseconds left of it.
  private static final Script TAKE =
      Script.of(
          """
          local mark = redis.call('GET', KEYS[1])
          if mark and tonumber(mark) >= tonumber(ARGV[1]) then
            return -1
          end
          if redis.call('SET', KEYS[2], ARGV[2], 'NX', 'PX', ARGV[3]) then
            return 0
          end
          return math.max(1, redis.call('PTTL', KEYS[2]))
          """);

  // KEYS: mark, turn. ARGV: owner, rest (ms), mark or 0, life of the mark (ms).
  private static final Script GIVE_BACK =
      Script.of(
          """
          local mark = redis.call('GET', KEYS[1])
          if tonumber(ARGV[3]) > 0 and (not mark or tonumber(mark) < tonumber(ARGV[3])) then
            redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[4])
          end
          if redis.call('GET', KEYS[2]) == ARGV[1] then
            redis.call('PEXPIRE', KEYS[2], ARGV[2])
          end
          return 1
          """);

  private final Documents documents;
  private final Redis redis;
  private final Map<String, Round> open = new HashMap<>();
  private final Map<String, Round> counting = new HashMap<>();

  public Recounter(Platform platform) {
    this.documents = platform.documents();
    this.redis = platform.redis();
  }

  /// Makes sure that totals take a change into account. Waits while others count the same.
  ///
  /// @param path the document that holds the totals; where there is none, nothing is written
  /// @param name names these totals within the document: letters only
  /// @param changedAt when the change was committed: `change.after().updateTime()`, or the event's
  ///   time for a deletion
  /// @param count counts, by queries that run when it is called
  public void recount(String path, String name, Instant changedAt, Supplier<Totals> count) {
    long needed = Document.versionOf(changedAt.plus(MARGIN));
    String subject = path + "#" + name;
    Round mine = new Round(needed);
    Round joined = join(subject, mine);
    if (joined != null) {
      await(joined);
      return;
    }
    try {
      if (waitForTurn(subject, mine)) {
        count(new Subject(path, name, subject), mine, count);
      }
      mine.done.complete(null);
    } catch (RuntimeException e) {
      mine.done.completeExceptionally(e);
      throw e;
    } finally {
      leave(subject, mine);
    }
  }

  private synchronized @Nullable Round join(String subject, Round mine) {
    Round other = open.putIfAbsent(subject, mine);
    if (other != null) {
      other.needed = Math.max(other.needed, mine.needed);
    }
    return other;
  }

  private synchronized void leave(String subject, Round mine) {
    open.remove(subject, mine);
    counting.remove(subject, mine);
  }

  /// Waits until it is this round's turn.
  ///
  /// @return false when what all callers of the round need was counted meanwhile, by others
  private boolean waitForTurn(String subject, Round mine) {
    while (true) {
      Round before = countingNow(subject);
      if (before != null) {
        before.done.handle((ok, failed) -> true).join();
        leave(subject, before);
      }
      long needed = neededBy(mine);
      long answer = take(subject, mine, needed);
      if (answer == 0) {
        if (begin(subject, mine)) {
          return true;
        }
      } else if (answer == COVERED) {
        if (closeCovered(subject, mine, needed)) {
          return false;
        }
      } else {
        sleep(Math.min(answer, WAIT_MAX.toMillis()));
      }
    }
  }

  private long take(String subject, Round mine, long needed) {
    if (mine.hasTurn) {
      return 0;
    }
    try {
      Object answer =
          redis.run(
              TAKE,
              keys(subject),
              List.of(Long.toString(needed), mine.owner, Long.toString(TURN.toMillis())));
      long number = answer instanceof Long value ? value : 0;
      mine.hasTurn = number == 0;
      return number;
    } catch (RedisUnavailableException e) {
      return 0;
    }
  }

  private synchronized @Nullable Round countingNow(String subject) {
    return counting.get(subject);
  }

  private synchronized long neededBy(Round mine) {
    return mine.needed;
  }

  /// From here on nobody joins the round: what is committed later may not be counted.
  private synchronized boolean begin(String subject, Round mine) {
    if (counting.putIfAbsent(subject, mine) != null) {
      return false;
    }
    open.remove(subject, mine);
    return true;
  }

  private synchronized boolean closeCovered(String subject, Round mine, long covered) {
    if (mine.needed > covered) {
      return false;
    }
    open.remove(subject, mine);
    return true;
  }

  private void count(Subject subject, Round mine, Supplier<Totals> count) {
    long mark = 0;
    long rest = REST_MIN.toMillis();
    try {
      Totals totals = count.get();
      rest =
          Math.clamp(
              REST_EACH.multipliedBy(totals.entries()).toMillis(),
              REST_MIN.toMillis(),
              REST_MAX.toMillis());
      mark = write(subject, totals);
    } finally {
      giveBack(subject.key(), mine, mark, rest);
    }
  }

  /// Writes totals unless newer ones exist.
  ///
  /// @return as of when the totals in the document are now; 0 where there is no document
  private long write(Subject subject, Totals totals) {
    return documents.writeIfUnchanged(writes -> {
      Optional<Document> document = documents.get(subject.path());
      if (document.isEmpty()) {
        return 0L;
      }
      Instant written =
          document.get().fields().map("countedAt").instant(subject.name()).orElse(Instant.EPOCH);
      if (!written.isBefore(totals.asOf())) {
        return Document.versionOf(written);
      }
      var fields = new HashMap<String, Object>(totals.fields().apply(document.get()));
      if (!fields.isEmpty()) {
        fields.put("countedAt." + subject.name(), totals.asOf());
        writes.update(document.get(), fields);
      }
      return Document.versionOf(totals.asOf());
    });
  }

  private void giveBack(String subject, Round mine, long mark, long restMillis) {
    try {
      redis.run(
          GIVE_BACK,
          keys(subject),
          List.of(
              mine.owner,
              Long.toString(restMillis),
              Long.toString(mark),
              Long.toString(MARK_KEPT.toMillis())));
    } catch (RedisUnavailableException e) {
      // The totals are written; without the mark somebody counts once more.
    }
  }

  private static List<String> keys(String subject) {
    String key = "recount:{" + subject + "}";
    return List.of(key, key + ":turn");
  }

  private static void await(Round round) {
    try {
      round.done.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting to count", e);
    }
  }

  private record Subject(String path, String name, String key) {}

  /// One count, for everybody who came before it began.
  private static final class Round {
    final String owner = UUID.randomUUID().toString();
    final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    long needed;
    boolean hasTurn;

    Round(long needed) {
      this.needed = needed;
    }
  }
}
