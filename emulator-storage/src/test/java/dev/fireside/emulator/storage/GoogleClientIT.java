package dev.fireside.emulator.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.ReadChannel;
import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The client of `google-cloud-storage`, which knows nothing of us.
class GoogleClientIT {
  @TempDir static Path folder;

  @RegisterExtension final LocalStorage local = new LocalStorage(folder);

  private Storage storage;

  @BeforeEach
  void connect() {
    storage = local.client();
  }

  private static BlobId id(String name) {
    return BlobId.of(LocalStorage.BUCKET, name);
  }

  private Blob text(String name, String text) {
    return storage.create(
        BlobInfo.newBuilder(id(name)).setContentType("text/plain").build(),
        text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] bytes(int count) {
    var bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private List<String> names(BlobListOption... options) {
    return StreamSupport.stream(
            storage.list(LocalStorage.BUCKET, options).iterateAll().spliterator(), false)
        .map(Blob::getName)
        .toList();
  }

  @Test
  void createsReadsChangesAndDeletes() {
    Blob made =
        storage.create(
            BlobInfo.newBuilder(id("dir/ä b+c.txt"))
                .setContentType("text/plain")
                .setCacheControl("public, max-age=60")
                .setMetadata(Map.of("owner", "ann", "note", "Grüße"))
                .build(),
            "hello".getBytes(StandardCharsets.UTF_8));

    assertThat(made.getSize()).isEqualTo(5);
    assertThat(made.getMetageneration()).isEqualTo(1);
    assertThat(made.getMd5()).isEqualTo("XUFAKrxLKna5cZ2REBfFkg==");
    assertThat(made.getCrc32c()).isEqualTo("mnG7TA==");
    Blob read = storage.get(id("dir/ä b+c.txt"));
    assertThat(read.getMetadata()).isEqualTo(Map.of("owner", "ann", "note", "Grüße"));
    assertThat(read.getContent()).asString(StandardCharsets.UTF_8).isEqualTo("hello");
    assertThat(storage.readAllBytes(id("dir/ä b+c.txt"))).hasSize(5);

    Blob changed =
        read.toBuilder()
            .setContentType("text/html")
            .setMetadata(Map.of("note", "x"))
            .build()
            .update();
    assertThat(changed.getMetageneration()).isEqualTo(2);
    assertThat(storage.get(id("dir/ä b+c.txt")).getContentType()).isEqualTo("text/html");
    assertThat(storage.get(id("dir/ä b+c.txt")).getCacheControl()).isEqualTo("public, max-age=60");

    assertThat(storage.delete(id("dir/ä b+c.txt"))).isTrue();
    assertThat(storage.delete(id("dir/ä b+c.txt"))).isFalse();
    assertThat(storage.get(id("dir/ä b+c.txt"))).isNull();
    assertThat(local.changes())
        .containsExactly(
            "finalized dir/ä b+c.txt", "metadataUpdated dir/ä b+c.txt", "deleted dir/ä b+c.txt");
  }

  @Test
  void writesInOneStreamAndReadsInPieces() throws IOException {
    byte[] content = bytes(3_000_000);
    try (WriteChannel out = storage.writer(BlobInfo.newBuilder(id("big")).build())) {
      out.setChunkSize(512 * 1024);
      out.write(ByteBuffer.wrap(content));
    }
    storage.createFrom(BlobInfo.newBuilder(id("other")).build(), new ByteArrayInputStream(content));

    assertThat(storage.readAllBytes(id("big"))).isEqualTo(content);
    assertThat(storage.readAllBytes(id("other"))).isEqualTo(content);
    try (ReadChannel in = storage.reader(id("big"))) {
      in.seek(1_000_000);
      ByteBuffer buffer = ByteBuffer.allocate(1_000);
      while (buffer.hasRemaining()) {
        in.read(buffer);
      }
      assertThat(buffer.array())
          .isEqualTo(java.util.Arrays.copyOfRange(content, 1_000_000, 1_001_000));
    }
    assertThat(local.changes()).containsExactly("finalized big", "finalized other");
  }

  @Test
  void keepsToConditions() {
    Blob first = text("a", "1");
    assertThatThrownBy(() ->
            storage.create(
                BlobInfo.newBuilder(id("a")).build(), new byte[1], BlobTargetOption.doesNotExist()))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.getCode()).isEqualTo(412));
    Blob second =
        storage.create(
            first.toBuilder().build(),
            "2".getBytes(StandardCharsets.UTF_8),
            BlobTargetOption.generationMatch());
    assertThat(second.getGeneration()).isGreaterThan(first.getGeneration());
    assertThatThrownBy(() ->
            first.toBuilder()
                .setContentType("a/b")
                .build()
                .update(BlobTargetOption.generationMatch()))
        .isInstanceOf(StorageException.class);
    assertThat(storage.get(BlobId.of(LocalStorage.BUCKET, "a", first.getGeneration()))).isNull();
    assertThat(local.changes()).containsExactly("finalized a", "finalized a", "deleted a");
  }

  @Test
  void listsByPrefixFolderAndPage() {
    for (String name : List.of("a", "b/1", "b/2", "b/c/3", "d", "é", "😀", "ﾊ")) {
      text(name, name);
    }
    assertThat(names()).containsExactly("a", "b/1", "b/2", "b/c/3", "d", "é", "ﾊ", "😀");
    assertThat(names(BlobListOption.pageSize(2))).hasSize(8).doesNotHaveDuplicates();
    assertThat(names(BlobListOption.prefix("b/"))).containsExactly("b/1", "b/2", "b/c/3");
    assertThat(names(BlobListOption.prefix("b/"), BlobListOption.currentDirectory()))
        .containsExactlyInAnyOrder("b/1", "b/2", "b/c/");
    assertThat(names(BlobListOption.currentDirectory(), BlobListOption.pageSize(1)))
        .containsExactly("a", "b/", "d", "é", "ﾊ", "😀");
    assertThat(names(BlobListOption.startOffset("b/2"), BlobListOption.endOffset("d")))
        .containsExactly("b/2", "b/c/3");
  }

  @Test
  void composesAndCopies() {
    text("1", "one,");
    text("2", "two");
    Blob both =
        storage.compose(
            Storage.ComposeRequest.newBuilder()
                .addSource("1", "2")
                .setTarget(BlobInfo.newBuilder(id("both")).setContentType("text/csv").build())
                .build());
    assertThat(both.getContentType()).isEqualTo("text/csv");
    assertThat(both.getMd5()).isNull();
    assertThat(storage.readAllBytes(id("both"))).asString().isEqualTo("one,two");

    storage.create(BucketInfo.of("other-bucket"));
    Blob copy = both.copyTo(BlobId.of("other-bucket", "x/copy")).getResult();
    assertThat(copy.getContent()).asString().isEqualTo("one,two");
    assertThat(copy.getContentType()).isEqualTo("text/csv");
  }

  @Test
  void answersSeveralCallsInOne() {
    text("a", "1");
    text("b", "2");
    var batch = storage.batch();
    var deleted = batch.delete(id("a"));
    var missing = batch.delete(id("zz"));
    var found = batch.get(id("b"));
    batch.submit();

    assertThat(deleted.get()).isTrue();
    assertThat(missing.get()).isFalse();
    assertThat(found.get().getSize()).isEqualTo(1);
    assertThat(storage.get(id("a"))).isNull();
  }

  @Test
  void findsEverythingAfterARestart() throws IOException {
    text("kept", "still here");
    local.restart();
    assertThat(local.client().readAllBytes(id("kept"))).asString().isEqualTo("still here");
  }
}
