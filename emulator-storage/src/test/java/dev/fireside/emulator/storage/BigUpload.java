package dev.fireside.emulator.storage;

import com.google.cloud.NoCredentials;
import com.google.cloud.ReadChannel;
import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import dev.fireside.emulator.storage.rules.Documents;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import java.util.zip.CRC32C;

/// A process that stores a large object in its own server, composes and copies it, and reads it
/// back; its memory is limited by whoever starts it.
final class BigUpload {
  private BigUpload() {}

  /// Runs it.
  ///
  /// @param args the folder, and how many MiB
  public static void main(String[] args) throws Exception {
    var options =
        new StorageOptions(
            0, Path.of(args[0]), null, Documents.NONE, Clock.systemUTC(), (_, _) -> {});
    try (var server = StorageServer.start(options)) {
      server.buckets().create("demo-bucket");
      Storage storage =
          com.google.cloud.storage.StorageOptions.newBuilder()
              .setProjectId("demo-fireside")
              .setHost("http://" + server.address())
              .setCredentials(NoCredentials.getInstance())
              .build()
              .getService();
      long sent = write(storage, Integer.parseInt(args[1]));
      storage
          .copy(
              Storage.CopyRequest.of(
                  BlobInfo.newBuilder("demo-bucket", "large").build().getBlobId(),
                  BlobInfo.newBuilder("demo-bucket", "copy").build().getBlobId()))
          .getResult();
      require(read(storage, "large") == sent);
      require(read(storage, "copy") == sent);
    }
  }

  private static void require(boolean same) {
    if (!same) {
      throw new IllegalStateException("What is read is not what was written");
    }
  }

  private static long write(Storage storage, int mib) throws Exception {
    var sum = new CRC32C();
    var random = new Random(1);
    var part = new byte[1 << 20];
    BlobInfo info = BlobInfo.newBuilder("demo-bucket", "large").build();
    try (WriteChannel out = storage.writer(info)) {
      out.setChunkSize(1 << 20);
      for (int i = 0; i < mib; i++) {
        random.nextBytes(part);
        sum.update(part);
        out.write(ByteBuffer.wrap(part));
      }
    }
    return sum.getValue();
  }

  private static long read(Storage storage, String name) throws Exception {
    var sum = new CRC32C();
    Blob blob = storage.get("demo-bucket", name);
    var part = ByteBuffer.allocate(1 << 20);
    try (ReadChannel in = blob.reader()) {
      in.setChunkSize(1 << 20);
      while (in.read(part) >= 0) {
        sum.update(part.flip());
        part.clear();
      }
    }
    return sum.getValue();
  }
}
