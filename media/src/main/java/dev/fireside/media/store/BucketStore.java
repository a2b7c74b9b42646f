package dev.fireside.media.store;

import com.google.auth.ServiceAccountSigner;
import com.google.cloud.ReadChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import dev.fireside.shared.load.Together;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The objects of one bucket.
///
/// Every method throws [StorageUnavailableException] where Cloud Storage does not answer; those
/// that read bytes throw [ObjectGoneException] where the object is not there any more.
public final class BucketStore {
  /// Bytes that one [#read] returns, at most.
  public static final int READ_BYTES_MAX = 8 * 1024 * 1024;

  /// How long a whole object may take on its way.
  private static final Duration TRANSFER_LIMIT = Duration.ofMinutes(30);

  private static final int DELETED_AT_ONCE = 8;
  private static final int PAGE_SIZE = 500;
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final String bucket;
  private final Storage client;
  private final StorageCalls calls;

  /// Where objects are to be had by signed addresses, such as `https://storage.googleapis.com`.
  private final String address;

  /// Signs addresses; null for the account of the process.
  private final @Nullable ServiceAccountSigner signer;

  BucketStore(
      String bucket,
      Storage client,
      StorageCalls calls,
      String address,
      @Nullable ServiceAccountSigner signer) {
    this.bucket = bucket;
    this.client = client;
    this.calls = calls;
    this.address = address;
    this.signer = signer;
  }

  /// Its name.
  public String bucket() {
    return bucket;
  }

  /// What is known of an object.
  public Optional<StoredObject> find(String name) {
    Blob blob = calls.call(() -> client.get(BlobId.of(bucket, name)));
    return Optional.ofNullable(blob).map(StoredObject::of);
  }

  /// All bytes of a small object that is ours, in one call; empty where there is none.
  public Optional<byte[]> content(String name) {
    try {
      return Optional.of(reading(name, () -> client.readAllBytes(BlobId.of(bucket, name))));
    } catch (ObjectGoneException e) {
      return Optional.empty();
    }
  }

  /// Bytes of an object: fewer than asked for where it ends before.
  ///
  /// @param from where they begin
  /// @param length how many, at most [#READ_BYTES_MAX]
  public byte[] read(StoredObject object, long from, int length) {
    if (length > READ_BYTES_MAX) {
      throw new IllegalArgumentException("Too much for one read");
    }
    long end = Math.min(object.bytes(), from + length);
    return from >= end ? new byte[0] : reading(object.name(), () -> range(object, from, end));
  }

  private byte[] range(StoredObject object, long from, long end) throws IOException {
    try (ReadChannel channel = client.reader(id(object))) {
      channel.setChunkSize((int) (end - from));
      channel.seek(from);
      channel.limit(end);
      var bytes = ByteBuffer.allocate((int) (end - from));
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // As much as there is.
      }
      return Arrays.copyOf(bytes.array(), bytes.position());
    }
  }

  /// Writes all bytes of an object to `out`, one read after the other. May take long.
  public void copyTo(StoredObject object, OutputStream out) {
    try {
      for (long from = 0; from < object.bytes(); from += READ_BYTES_MAX) {
        out.write(read(object, from, READ_BYTES_MAX));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes all bytes of an object to a file, whose content is replaced. May take long.
  public void download(StoredObject object, Path file) {
    reading(
        object.name(),
        TRANSFER_LIMIT,
        () -> {
          client.downloadTo(id(object), file);
          return true;
        });
  }

  private <T> T reading(String name, Callable<T> call) {
    return reading(name, StorageCalls.LIMIT, call);
  }

  private <T> T reading(String name, Duration limit, Callable<T> call) {
    try {
      return calls.call(limit, () -> unwrapped(call));
    } catch (StorageException e) {
      if (e.getCode() == NOT_FOUND || e.getCode() == RANGE_NOT_SATISFIABLE) {
        throw new ObjectGoneException(name);
      }
      throw e;
    }
  }

  /// Channels hide the client's exception in one of I/O.
  private static <T> T unwrapped(Callable<T> call) throws Exception {
    try {
      return call.call();
    } catch (IOException e) {
      throw e.getCause() instanceof StorageException cause ? cause : e;
    }
  }

  private BlobId id(StoredObject object) {
    return BlobId.of(bucket, object.name(), object.generation());
  }

  /// Writes an object, whatever was there.
  public StoredObject put(NewObject object, byte[] bytes) {
    return StoredObject.of(calls.call(() -> client.create(info(object), bytes)));
  }

  /// Writes an object, whatever was there. May take long.
  public StoredObject put(NewObject object, Path file) {
    return StoredObject.of(calls.call(TRANSFER_LIMIT, () -> client.createFrom(info(object), file)));
  }

  private BlobInfo info(NewObject object) {
    var info =
        BlobInfo.newBuilder(bucket, object.name())
            .setContentType(object.contentType())
            .setMetadata(object.metadata());
    if (!object.cacheControl().isEmpty()) {
      info.setCacheControl(object.cacheControl());
    }
    return info.build();
  }

  /// Deletes an object; one that is not there is no error.
  public void delete(String name) {
    calls.call(() -> client.delete(BlobId.of(bucket, name)));
  }

  /// Deletes this version of an object and no other; one that is not there is no error.
  public void delete(StoredObject object) {
    try {
      calls.call(() ->
          client.delete(
              BlobId.of(bucket, object.name()),
              Storage.BlobSourceOption.generationMatch(object.generation())));
    } catch (StorageException e) {
      if (e.getCode() != PRECONDITION_FAILED) {
        throw e;
      }
    }
  }

  /// Deletes all objects whose names begin with `prefix`, which is not empty.
  public void deleteAll(String prefix) {
    if (prefix.isEmpty()) {
      throw new IllegalArgumentException("This would empty the bucket");
    }
    while (true) {
      List<StoredObject> some = list(prefix, "", PAGE_SIZE);
      Together.each(
          some,
          DELETED_AT_ONCE,
          object -> {
            delete(object.name());
            return true;
          });
      if (some.size() < PAGE_SIZE) {
        return;
      }
    }
  }

  /// Objects in the order of their names.
  ///
  /// @param prefix what their names begin with
  /// @param after only names behind this one; empty for all
  /// @param limit how many, at most 1,000
  public List<StoredObject> list(String prefix, String after, int limit) {
    return calls.call(() -> {
      var options = new ArrayList<Storage.BlobListOption>();
      options.add(Storage.BlobListOption.prefix(prefix));
      options.add(Storage.BlobListOption.pageSize(limit));
      if (!after.isEmpty()) {
        options.add(Storage.BlobListOption.startOffset(after + '\0'));
      }
      var page = client.list(bucket, options.toArray(Storage.BlobListOption[]::new));
      var objects = new ArrayList<StoredObject>();
      page.getValues().forEach(blob -> objects.add(StoredObject.of(blob)));
      return List.copyOf(objects);
    });
  }

  /// An address by which anybody can read an object (GET) for a while. In production each costs a
  /// call of IAM.
  ///
  /// @param life at most seven days
  public URI signed(String name, Duration life) {
    return calls.call(() -> {
      var options = new ArrayList<Storage.SignUrlOption>();
      options.add(Storage.SignUrlOption.withV4Signature());
      options.add(Storage.SignUrlOption.withHostName(address));
      if (signer != null) {
        options.add(Storage.SignUrlOption.signWith(signer));
      }
      return client
          .signUrl(
              BlobInfo.newBuilder(bucket, name).build(),
              life.toSeconds(),
              TimeUnit.SECONDS,
              options.toArray(Storage.SignUrlOption[]::new))
          .toURI();
    });
  }
}
