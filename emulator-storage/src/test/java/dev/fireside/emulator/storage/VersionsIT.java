package dev.fireside.emulator.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.CopyRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Versions of objects, by Google's client.
class VersionsIT {
  private static final String BUCKET = "demo-versions";

  @TempDir static Path folder;

  @RegisterExtension final LocalStorage local = new LocalStorage(folder);

  private Storage storage;

  @BeforeEach
  void make() {
    storage = local.client();
    if (storage.get(BUCKET) == null) {
      storage.create(BucketInfo.newBuilder(BUCKET).setVersioningEnabled(true).build());
    }
  }

  private long put(String name, String text) {
    BlobInfo info = BlobInfo.newBuilder(BlobId.of(BUCKET, name)).build();
    return storage.create(info, text.getBytes(StandardCharsets.UTF_8)).getGeneration();
  }

  private String text(String name, Long generation) {
    byte[] bytes = storage.readAllBytes(BlobId.of(BUCKET, name, generation));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private List<Long> versions(BlobListOption... options) {
    return StreamSupport.stream(storage.list(BUCKET, options).iterateAll().spliterator(), false)
        .map(Blob::getGeneration)
        .toList();
  }

  @Test
  void whatIsOverwrittenIsKept() {
    long first = put("a", "one");
    long second = put("a", "two");

    assertThat(text("a", null)).isEqualTo("two");
    assertThat(text("a", first)).isEqualTo("one");
    assertThat(local.changes()).containsExactly("finalized a", "finalized a", "archived a");
    assertThat(storage.get(BlobId.of(BUCKET, "a", first)).getDeleteTimeOffsetDateTime())
        .isNotNull();
    assertThat(storage.get(BlobId.of(BUCKET, "a", second)).getDeleteTimeOffsetDateTime()).isNull();
  }

  @Test
  void deletedObjectsCanBeBroughtBackUntilTheirVersionsAreDeleted() {
    long first = put("a", "one");
    assertThat(storage.delete(BlobId.of(BUCKET, "a"))).isTrue();
    assertThat(storage.get(BlobId.of(BUCKET, "a"))).isNull();
    assertThat(storage.delete(BlobId.of(BUCKET, "a"))).isFalse();

    storage.copy(CopyRequest.of(BlobId.of(BUCKET, "a", first), BlobId.of(BUCKET, "a"))).getResult();
    assertThat(text("a", null)).isEqualTo("one");

    assertThat(storage.delete(BlobId.of(BUCKET, "a", first))).isTrue();
    assertThat(storage.get(BlobId.of(BUCKET, "a", first))).isNull();
    assertThat(local.changes())
        .containsExactly("finalized a", "archived a", "finalized a", "deleted a");
  }

  @Test
  void aListOfVersionsHasThemAllInPagesOfAnySize() {
    long a1 = put("a", "1");
    long b1 = put("b", "1");
    long a2 = put("a", "2");
    storage.delete(BlobId.of(BUCKET, "b"));
    long c1 = put("c", "1");
    long a3 = put("a", "3");

    for (int size = 1; size <= 6; size++) {
      assertThat(versions(BlobListOption.versions(true), BlobListOption.pageSize(size)))
          .as("pages of " + size)
          .containsExactly(a1, a2, a3, b1, c1);
      assertThat(versions(BlobListOption.pageSize(size))).containsExactly(a3, c1);
    }
  }

  @Test
  void areThereAfterARestartAndNoLongerKeptOnceThatIsAsked() throws Exception {
    long first = put("a", "one");
    put("a", "two");
    local.restart();
    storage = local.client();
    assertThat(text("a", first)).isEqualTo("one");
    assertThat(storage.get(BUCKET).versioningEnabled()).isTrue();

    storage.get(BUCKET).toBuilder().setVersioningEnabled(false).build().update();
    long third = put("a", "three");

    assertThat(versions(BlobListOption.versions(true))).containsExactly(first, third);
    assertThat(local.changes().getLast()).isEqualTo("deleted a");
    storage.get(BUCKET).toBuilder().setVersioningEnabled(true).build().update();
  }
}
