package dev.fireside.feed.store;

import dev.fireside.feed.domain.FanOutState;
import dev.fireside.feed.domain.FanOutState.Mode;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.redis.Locks;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import redis.clients.jedis.resps.Tuple;

/// How authors' posts reach their followers: `fanouts/{uid}` in Firestore, and in Redis the set
/// `pull` of all authors who are pulled, copied from there every few minutes.
///
/// The copy may hold an author for some minutes who is pushed again; so whoever would *not* push
/// because of it reads the document first.
public final class FanOuts {
  private static final String KEY = "pull";

  /// Not a uid; its score is the second in which the copy was made.
  private static final String BUILT = ":built";

  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final Duration FRESH = Duration.ofMinutes(3);
  private static final Duration LOCK_LIFE = Duration.ofSeconds(30);

  private final Redis redis;
  private final Documents documents;
  private final Clock clock;
  private final Locks locks;

  public FanOuts(Redis redis, Documents documents, Clock clock) {
    this.redis = redis;
    this.documents = documents;
    this.clock = clock;
    this.locks = new Locks(redis);
  }

  /// The pulled authors as Redis knows them.
  ///
  /// @param fresh whether the copy should last a while longer
  public record Pulled(Set<Uid> authors, boolean fresh) {}

  /// Adds reading the pulled authors to a batch; empty where Redis does not have them.
  public Supplier<Optional<Pulled>> lookup(Batch batch) {
    var members = batch.add(pipeline -> pipeline.zrangeWithScores(KEY, 0, -1));
    return () -> pulled(members.get());
  }

  /// Whether an author may be pulled.
  public boolean mayBePulled(Uid author) {
    Batch batch = redis.batch();
    var built = batch.add(pipeline -> pipeline.zscore(KEY, BUILT));
    var own = batch.add(pipeline -> pipeline.zscore(KEY, author.value()));
    batch.run();
    return built.get() == null ? reload().contains(author) : own.get() != null;
  }

  /// Copies the pulled authors from Firestore. Throws while Redis is away.
  public Set<Uid> reload() {
    Set<Uid> authors = pulledInFirestore();
    Map<String, Double> members = new HashMap<>();
    double now = clock.instant().getEpochSecond();
    authors.forEach(author -> members.put(author.value(), now));
    members.put(BUILT, now);
    redis.pipeline(pipeline -> {
      pipeline.zadd(KEY, members);
      pipeline.pexpire(KEY, LIFE.toMillis());
    });
    return authors;
  }

  /// All pulled authors, from Firestore.
  public Set<Uid> pulledInFirestore() {
    var authors = new HashSet<Uid>();
    for (Document document :
        documents.list(
            documents.collection("fanouts").whereEqualTo("mode", WireNames.of(Mode.PULL)))) {
      authors.add(new Uid(document.id()));
    }
    return authors;
  }

  /// How an author's posts are delivered, from Firestore.
  public FanOutState state(Uid author) {
    return documents.get(path(author)).map(FanOuts::parse).orElse(FanOutState.DEFAULT);
  }

  /// Switches an author to pull, unless somebody else is just switching them.
  ///
  /// @param prepare done first when there is something to switch
  public void pull(Uid author, long activeFollowers, Runnable prepare) {
    if (isPulled(state(author))) {
      return;
    }
    Optional<Locks.Held> lock = locks.tryAcquire("fanout:" + author, LOCK_LIFE);
    if (lock.isEmpty()) {
      return;
    }
    try (Locks.Held _ = lock.get()) {
      prepare.run();
      Instant now = clock.instant();
      documents.transact(transaction -> {
        // On the way back to push and too large again: the way ends, and may begin again later.
        if (!isPulled(state(transaction, author))) {
          transaction.set(path(author), fields(Mode.PULL, activeFollowers, now));
        }
        return true;
      });
      redis.call(client -> client.zadd(KEY, (double) now.getEpochSecond(), author.value()));
    }
  }

  /// Starts an author's way back to push: from now on posts are pushed again. Throws to be called
  /// again while somebody else is switching them.
  ///
  /// @return false when the author is not pulled
  public boolean startReturn(Uid author) {
    FanOutState current = state(author);
    if (current.mode() == Mode.PUSH || current.returningAt() != null) {
      return current.mode() == Mode.PULL;
    }
    try (Locks.Held _ = lock(author)) {
      Instant now = clock.instant();
      return documents.transact(transaction -> {
        FanOutState locked = state(transaction, author);
        if (isPulled(locked)) {
          transaction.update(path(author), Map.of("returningAt", now));
        }
        return locked.mode() == Mode.PULL;
      });
    }
  }

  /// Ends an author's way back to push: all that was pulled is in the timelines. Throws to be
  /// called again while somebody else is switching them.
  public void finishReturn(Uid author, long activeFollowers) {
    try (Locks.Held _ = lock(author)) {
      Instant now = clock.instant();
      boolean pushed =
          documents.transact(transaction -> {
            FanOutState current = state(transaction, author);
            if (current.mode() == Mode.PULL && current.returningAt() != null) {
              transaction.set(path(author), fields(Mode.PUSH, activeFollowers, now));
              return true;
            }
            return current.mode() == Mode.PUSH;
          });
      if (pushed) {
        redis.call(client -> client.zrem(KEY, author.value()));
      }
    }
  }

  /// Switches are rare, but many walks of one author may come to one at once: in a transaction each
  /// they would hold up one another for long.
  private Locks.Held lock(Uid author) {
    return locks
        .tryAcquire("fanout:" + author, LOCK_LIFE)
        .orElseThrow(() -> new IllegalStateException("Somebody else is switching " + author));
  }

  private static boolean isPulled(FanOutState state) {
    return state.mode() == Mode.PULL && state.returningAt() == null;
  }

  private static FanOutState state(Transaction transaction, Uid author) {
    return transaction.get(path(author)).map(FanOuts::parse).orElse(FanOutState.DEFAULT);
  }

  private Optional<Pulled> pulled(List<Tuple> members) {
    var authors = new HashSet<Uid>();
    double builtAt = -1;
    for (Tuple member : members) {
      if (member.getElement().equals(BUILT)) {
        builtAt = member.getScore();
      } else {
        authors.add(new Uid(member.getElement()));
      }
    }
    long age = clock.instant().getEpochSecond() - (long) builtAt;
    return builtAt < 0
        ? Optional.empty()
        : Optional.of(new Pulled(authors, age < FRESH.toSeconds()));
  }

  private static FanOutState parse(Document document) {
    return new FanOutState(
        document.fields().oneOf("mode", Mode.PUSH),
        document.fields().instant("changedAt").orElse(Instant.EPOCH),
        document.fields().instant("returningAt").orElse(null));
  }

  private static Map<String, Object> fields(Mode mode, long activeFollowers, Instant now) {
    return Map.of("mode", WireNames.of(mode), "activeFollowers", activeFollowers, "changedAt", now);
  }

  private static String path(Uid author) {
    return "fanouts/" + author;
  }
}
