package dev.fireside.shared.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.firestore.Query;
import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.Counts;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.Platform;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.telemetry.Trace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class DocumentsIT {
  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().entryPoints("none");

  /// What is written with these fields is too large for a document.
  private static final Map<String, String> HUGE = Map.of("text", "x".repeat(1_100_000));

  private final String collection = "c" + UUID.randomUUID();
  private Documents documents;

  @BeforeEach
  void connect() {
    documents = fireside.platform().documents();
  }

  private String path(String id) {
    return collection + "/" + id;
  }

  private long number(String id) {
    return documents.get(path(id)).orElseThrow().fields().number("n");
  }

  private static Counts counting(Runnable work) {
    Counts before = fireside.counts();
    work.run();
    return fireside.counts().minus(before);
  }

  @Test
  void readsWhatItWrote() {
    Instant at = Instant.parse("2026-01-01T12:00:00.123456Z");
    var fields = new HashMap<String, Object>();
    fields.put("text", "ü😀");
    fields.put("n", 7);
    fields.put("fraction", 0.5);
    fields.put("flag", true);
    fields.put("at", at);
    fields.put("bytes", new byte[] {1, 2});
    fields.put("none", null);
    fields.put("list", Arrays.asList("a", at, Map.of("inner", at)));
    fields.put("map", Map.of("deep", Map.of("at", at, "list", List.of(1L))));

    Instant written = documents.set(path("a"), fields);

    Document read = documents.get(path("a")).orElseThrow();
    assertThat(read.updateTime()).isEqualTo(written);
    assertThat(read.path()).isEqualTo(path("a"));
    assertThat(read.id()).isEqualTo("a");
    fields.put("n", 7L);
    assertThat(read.fields().values())
        .usingRecursiveComparison()
        .isEqualTo(new Fields(fields).values());
    assertThat(documents.get(path("missing"))).isEmpty();
  }

  @Test
  void createsOnlyWhatIsNotThere() throws Exception {
    List<Optional<Instant>> tries =
        Calls.atOnce(10, _ -> documents.create(path("a"), Map.of("n", 1)));

    assertThat(tries).filteredOn(Optional::isPresent).hasSize(1);
    assertThat(documents.create(path("a"), Map.of("n", 2))).isEmpty();
    assertThat(number("a")).isEqualTo(1);
  }

  @Test
  void updatesOnlyWhatIsThere() {
    assertThat(documents.update(path("a"), Map.of("n", 1))).isEmpty();
    assertThat(documents.get(path("a"))).isEmpty();

    documents.set(path("a"), Map.of("n", 1, "counts", Map.of("likes", 1, "views", 2)));
    Instant updated = documents.update(path("a"), Map.of("counts.likes", 5)).orElseThrow();

    Document read = documents.get(path("a")).orElseThrow();
    assertThat(read.updateTime()).isEqualTo(updated);
    assertThat(read.fields().map("counts").values()).isEqualTo(Map.of("likes", 5L, "views", 2L));
  }

  @Test
  void mergesIntoWhatIsThereOrNot() {
    documents.merge(path("a"), Map.of("counts", Map.of("likes", 1)));
    documents.merge(path("a"), Map.of("counts", Map.of("views", 2)));

    assertThat(documents.get(path("a")).orElseThrow().fields().map("counts").values())
        .isEqualTo(Map.of("likes", 1L, "views", 2L));
  }

  @Test
  void firestoreWorksOutChangesOfFields() {
    Instant at = Instant.parse("2026-01-01T12:00:00Z");
    documents.set(path("a"), Map.of("list", List.of("a", "b"), "old", 1));

    documents.update(path("a"), Map.of("list", FieldChange.add("c"), "old", FieldChange.clear()));
    documents.update(path("a"), Map.of("list", FieldChange.remove("a")));
    documents.merge(path("a"), Map.of("times", FieldChange.add(at)));

    Fields fields = documents.get(path("a")).orElseThrow().fields();
    assertThat(fields.texts("list")).containsExactly("b", "c");
    assertThat(fields.names()).containsExactlyInAnyOrder("list", "times");
    assertThat(fields.values().get("times")).isEqualTo(List.of(at));
  }

  @Test
  void readsManyInTheOrderAskedFor() {
    documents.set(path("a"), Map.of("n", 1));
    documents.set(path("b"), Map.of("n", 2));

    assertThat(documents.getAll(List.of(path("b"), path("missing"), path("a"))).keySet())
        .containsExactly(path("b"), path("a"));
    assertThat(documents.getAll(List.of())).isEmpty();
  }

  @Test
  void countsWhatIsBilled() {
    documents.batch(
        batch -> IntStream.range(0, 5).forEach(i -> batch.set(path("d" + i), Map.of("n", i))));
    Query all = documents.collection(collection).orderBy("n");

    assertThat(counting(() -> documents.get(path("missing"))))
        .isEqualTo(new Counts(0, 1, 0, 0, 0, 0));
    assertThat(counting(() -> documents.getAll(List.of(path("d0"), path("missing")))))
        .isEqualTo(new Counts(0, 2, 0, 0, 0, 0));
    assertThat(counting(() -> assertThat(documents.list(all)).hasSize(5)))
        .isEqualTo(new Counts(0, 5, 0, 0, 0, 0));
    assertThat(counting(() -> documents.list(all.whereGreaterThan("n", 99))))
        .isEqualTo(new Counts(0, 1, 0, 0, 0, 0));
    assertThat(counting(() -> assertThat(documents.count(all).count()).isEqualTo(5)))
        .isEqualTo(new Counts(0, 1, 0, 0, 0, 0));
    assertThat(
            counting(() ->
                documents.batch(batch -> {
                  batch.set(path("x"), Map.of());
                  batch.delete(path("d0"));
                  batch.delete(path("d1"));
                })))
        .isEqualTo(new Counts(0, 0, 1, 2, 0, 0));
    assertThat(
            counting(() ->
                documents.transact(transaction -> {
                  transaction.get(path("x"));
                  transaction.getAll(List.of(path("d2"), path("d3")));
                  transaction.list(all.whereEqualTo("n", 4));
                  transaction.set(path("x"), Map.of());
                  transaction.delete(path("d2"));
                  return true;
                })))
        .isEqualTo(new Counts(0, 4, 1, 1, 0, 0));
  }

  @Test
  void noIncrementIsLostAmongFiftyAtOnceAndOnlyCommitsAreCounted() throws Exception {
    documents.set(path("n"), Map.of("n", 0));
    var attempts = new AtomicInteger();
    Counts before = fireside.counts();

    Calls.atOnce(
        50,
        _ ->
            documents.transact(transaction -> {
              attempts.incrementAndGet();
              long n = transaction.get(path("n")).orElseThrow().fields().number("n");
              transaction.update(path("n"), Map.of("n", n + 1));
              return n;
            }));

    assertThat(number("n")).isEqualTo(50);
    Counts counts = fireside.counts().minus(before);
    assertThat(counts.writes()).isEqualTo(50);
    assertThat(counts.reads()).isEqualTo(attempts.get() + 1);
  }

  @Test
  void writesOnlyWhatNobodyChangedMeanwhile() throws Exception {
    documents.set(path("n"), Map.of("n", 0));

    Calls.atOnce(
        10,
        _ ->
            documents.writeIfUnchanged(writes -> {
              Document read = documents.get(path("n")).orElseThrow();
              writes.update(read, Map.of("n", read.fields().number("n") + 1));
              return true;
            }));

    assertThat(number("n")).isEqualTo(10);
  }

  @Test
  void aTransactionThatThrowsWritesNothing() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() ->
            documents.transact(transaction -> {
              transaction.set(path("a"), Map.of("n", 1));
              throw new IllegalArgumentException("mine");
            }))
        .withMessage("mine");

    assertThat(documents.get(path("a"))).isEmpty();
  }

  @Test
  void aTransactionWorksInTheTraceOfItsCaller() {
    Trace trace = Trace.from(null, null);

    ScopedValue.where(Trace.CURRENT, trace)
        .run(() ->
            assertThat(documents.<Optional<Trace>>transact(t -> Trace.current())).contains(trace));
    assertThat(documents.<Optional<Trace>>transact(t -> Trace.current())).isEmpty();
  }

  @Test
  void creatingWhatExistsFailsTheWholeBatchOrTransaction() {
    documents.set(path("a"), Map.of("n", 1));

    assertThatExceptionOfType(AlreadyExistsException.class)
        .isThrownBy(() ->
            documents.batch(batch -> {
              batch.set(path("b"), Map.of());
              batch.create(path("a"), Map.of());
            }));
    assertThatExceptionOfType(AlreadyExistsException.class)
        .isThrownBy(() ->
            documents.transact(transaction -> {
              transaction.set(path("b"), Map.of());
              transaction.create(path("a"), Map.of());
              return true;
            }));
    assertThat(documents.get(path("b"))).isEmpty();
  }

  @Test
  void aBatchTellsWhenItWasCommittedAlsoWhenItOnlyDeletesOrChangesNothing() {
    Instant created = documents.batch(batch -> batch.set(path("a"), Map.of("n", 1)));
    assertThat(documents.get(path("a")).orElseThrow().updateTime()).isEqualTo(created);

    Instant mixed =
        documents.batch(batch -> {
          batch.set(path("a"), Map.of("n", 1));
          batch.set(path("b"), Map.of("n", 1));
        });
    assertThat(documents.get(path("b")).orElseThrow().updateTime()).isEqualTo(mixed);

    Instant deleted =
        documents.batch(batch -> {
          batch.delete(path("a"));
          batch.delete(path("missing"));
        });
    assertThat(deleted).isAfter(mixed).isBefore(Instant.now().plus(Duration.ofDays(1)));
    assertThat(documents.batch(batch -> {})).isEqualTo(Instant.EPOCH);
  }

  @Test
  void deletesThousandsInAtomicParts() {
    List<String> paths = IntStream.range(0, 1_101).mapToObj(i -> path("d" + i)).toList();
    for (int from = 0; from < paths.size(); from += Documents.BATCH_MAX) {
      List<String> part = paths.subList(from, Math.min(paths.size(), from + Documents.BATCH_MAX));
      documents.batch(batch -> part.forEach(path -> batch.set(path, Map.of())));
    }

    documents.deleteAll(paths);
    documents.delete(path("missing"));

    assertThat(documents.count(documents.collection(collection)).count()).isZero();
  }

  @Test
  void whatCannotEverWorkIsRefused() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> documents.set(path("a"), HUGE));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() ->
            documents.transact(transaction -> {
              transaction.set(path("a"), HUGE);
              return true;
            }));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() ->
            documents.transact(transaction -> {
              transaction.update(path("missing"), Map.of("n", 1));
              return true;
            }));
  }

  @Test
  void anUnreachableFirestoreIsUnavailable() {
    Config config =
        Config.from(Map.of("FIRESTORE_EMULATOR_HOST", "127.0.0.1:1", "REDIS_KEY_PREFIX", "x:"));
    try (var away = new Platform(config, Clock.systemUTC())) {
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> away.documents().get(path("a")));
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> away.documents().create(path("a"), Map.of()));
    }
  }
}
