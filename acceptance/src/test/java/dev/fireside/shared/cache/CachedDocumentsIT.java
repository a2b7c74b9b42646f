package dev.fireside.shared.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.Counts;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.Platform;
import dev.fireside.shared.redis.Batch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class CachedDocumentsIT {
  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().entryPoints("none");

  private record Id(int number) {
    @Override
    public String toString() {
      return "n" + number;
    }
  }

  private record Thing(String name) {}

  private final String collection = "c" + UUID.randomUUID();
  private CachedDocuments<Id, Thing> things;

  @BeforeEach
  void connect() {
    Platform platform = fireside.platform();
    things =
        new CachedDocuments<>(
            platform.documents(),
            platform.cache(
                collection + ":{}", Thing.class, Duration.ofHours(1), Duration.ofHours(1)),
            id -> collection + "/" + id,
            document -> new Thing(document.fields().requiredText("name")));
  }

  private Instant write(int number, String name) {
    return fireside
        .platform()
        .documents()
        .set(collection + "/" + new Id(number), Map.of("name", name));
  }

  private static long reads(Runnable work) {
    Counts before = fireside.counts();
    work.run();
    return fireside.counts().minus(before).reads();
  }

  @Test
  void readADocumentOnce() {
    write(1, "one");
    assertThat(reads(() -> assertThat(things.get(new Id(1))).contains(new Thing("one"))))
        .isEqualTo(1);
    assertThat(reads(() -> assertThat(things.get(new Id(1))).contains(new Thing("one")))).isZero();
  }

  @Test
  void areAnsweredByTheirKeysInTheOrderAskedFor() {
    write(1, "one");
    write(3, "three");
    List<Id> ids = List.of(new Id(3), new Id(2), new Id(1), new Id(3));

    for (int i = 0; i < 2; i++) {
      assertThat(things.getAll(ids))
          .containsExactly(
              Map.entry(new Id(3), new Thing("three")), Map.entry(new Id(1), new Thing("one")));
    }
    assertThat(reads(() -> things.getAll(ids))).isZero();
  }

  @Test
  void joinTheBatchOfOthers() {
    write(1, "one");
    Batch batch = fireside.platform().redis().batch();
    Supplier<Map<Id, Thing>> found = things.lookup(batch, List.of(new Id(1), new Id(2)));
    batch.run();

    assertThat(found.get()).containsExactly(Map.entry(new Id(1), new Thing("one")));
  }

  @Test
  void keepTheNewestOfTwoWrites() {
    things.keep(new Id(1), new Thing("new"), 2);
    things.keep(new Id(1), new Thing("old"), 1);
    assertThat(things.get(new Id(1))).contains(new Thing("new"));

    things.keep(new Id(1), null, 3);
    assertThat(reads(() -> assertThat(things.get(new Id(1))).isEmpty())).isZero();
  }

  @Test
  void areReadAnewByWritersWhoDoNotKnowTheVersion() {
    write(1, "one");
    things.get(new Id(1));
    write(1, "two");

    assertThat(things.refresh(new Id(1))).contains(new Thing("two"));
    assertThat(things.get(new Id(1))).contains(new Thing("two"));
    assertThat(things.refresh(new Id(2))).isEmpty();
  }
}
