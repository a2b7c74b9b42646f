package dev.fireside.emulator.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is on disk and what is told after a process ended at any line, or a disk was full.
class CrashIT {
  private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");

  @TempDir Path folder;

  private final List<String> told = new ArrayList<>();
  private boolean dies;
  private Bucket bucket;

  /// What a process that ends throws through everything.
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @BeforeEach
  void restart() throws IOException {
    dies = false;
    Buckets buckets = Buckets.open(folder, Clock.fixed(NOW, ZoneOffset.UTC), this::changed);
    bucket = buckets.create("demo-bucket");
  }

  private void changed(ChangeListener.Kind kind, StoredObject object) {
    if (dies) {
      throw new Killed();
    }
    told.add(kind.event() + " " + object.generation());
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private StoredObject put(String text) throws IOException {
    return bucket.put(
        "a", Attributes.NONE, bytes(text), Expected.NONE, Conditions.NONE, Bucket.Guard.NONE);
  }

  private String stored() throws IOException {
    try (InputStream in = bucket.open(bucket.get("a", null))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("buckets/demo-bucket"))) {
      return files.toList();
    }
  }

  private Path file(long generation, String suffix) {
    return folder.resolve("buckets/demo-bucket/" + generation + suffix);
  }

  @Test
  void whatWasDoneAndNotToldIsToldWhenTheBucketIsOpened() throws Exception {
    long first = put("one").generation();
    dies = true;
    assertThatThrownBy(() -> put("two")).isInstanceOf(Killed.class);
    told.clear();

    restart();

    long second = bucket.get("a", null).generation();
    assertThat(told).containsExactlyInAnyOrder("finalized " + second, "deleted " + first);
    assertThat(stored()).isEqualTo("two");
    restart();
    assertThat(told).hasSize(2);
    assertThat(files()).hasSize(2);
  }

  @Test
  void changesAndDeletionsAreToldToo() throws Exception {
    long generation = put("one").generation();
    dies = true;
    assertThatThrownBy(() ->
            bucket.update(
                "a",
                null,
                Conditions.NONE,
                before -> before.withContentType("text/plain"),
                Bucket.Guard.NONE))
        .isInstanceOf(Killed.class);
    restart();
    dies = true;
    assertThatThrownBy(() -> bucket.delete("a", null, Conditions.NONE)).isInstanceOf(Killed.class);
    restart();

    assertThat(told)
        .containsExactly(
            "finalized " + generation, "metadataUpdated " + generation, "deleted " + generation);
    assertThat(files()).isEmpty();
  }

  @Test
  void aVersionThatWasBeingReplacedGoes() throws Exception {
    long first = put("one").generation();
    byte[] description = Files.readAllBytes(file(first, ".json"));
    byte[] data = Files.readAllBytes(file(first, ".data"));
    dies = true;
    assertThatThrownBy(() -> put("two")).isInstanceOf(Killed.class);
    // As it is between the two lines that add the one and take the other away.
    Files.write(file(first, ".json"), description);
    Files.write(file(first, ".data"), data);

    restart();

    assertThat(stored()).isEqualTo("two");
    assertThat(told).hasSize(3).contains("deleted " + first);
    assertThat(files()).hasSize(2);
  }

  @Test
  void whatWasNotDoneIsNotTold() throws Exception {
    long first = put("one").generation();
    dies = true;
    assertThatThrownBy(() -> put("two")).isInstanceOf(Killed.class);
    long second = bucket.get("a", null).generation();
    Files.delete(file(second, ".json"));
    restart();
    assertThat(told).containsExactly("finalized " + first, "deleted " + first);
  }

  @Test
  void draftsOfAProcessThatEndedAreSwept() throws Exception {
    put("one");
    Files.writeString(folder.resolve("buckets/demo-bucket/x.draft"), "half");
    Files.writeString(file(17, ".data"), "no description");

    restart();

    assertThat(files()).hasSize(2);
  }

  /// Where the description of a version cannot be written: there is a folder in its place.
  private void fill(long generation) throws IOException {
    Files.createDirectory(file(generation, ".json.tmp"));
  }

  @Test
  void aFullDiskLeavesTheObjectAsItWas() throws Exception {
    long first = put("one").generation();
    told.clear();
    fill(first + 1);

    assertThatThrownBy(() -> put("two")).isInstanceOf(IOException.class);

    assertThat(stored()).isEqualTo("one");
    assertThat(told).isEmpty();
    put("two");
    assertThat(stored()).isEqualTo("two");
  }

  @Test
  void anUploadWhoseLastBytesFindNoRoomGoesOnLater() throws Exception {
    Buckets buckets = Buckets.open(folder, Clock.fixed(NOW, ZoneOffset.UTC), this::changed);
    Bucket other = buckets.create("demo-bucket");
    Upload upload =
        buckets.begin(other, "b", Attributes.NONE, Conditions.NONE, Expected.NONE, 3L, "");
    long generation = NOW.getEpochSecond() * 1_000_000;
    fill(generation);

    assertThatThrownBy(() -> upload.take(chunk("abc"), Bucket.Guard.NONE))
        .isInstanceOf(IOException.class);
    Files.delete(file(generation, ".json.tmp"));
    StoredObject object = upload.take(chunk(""), Bucket.Guard.NONE);

    assertThat(object).isNotNull();
    assertThat(object.size()).isEqualTo(3);
    try (InputStream in = other.open(object)) {
      assertThat(in).hasContent("abc");
    }
  }

  private static Upload.Chunk chunk(String text) {
    return new Upload.Chunk(text.isEmpty() ? 3 : 0, 3L, false, bytes(text), Expected.NONE);
  }
}
