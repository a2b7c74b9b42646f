package dev.fireside.emulator.storage.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All buckets, and the uploads that are under way.
public final class Buckets {
  /// How long an upload can be gone on with.
  public static final Duration UPLOAD_LIFE = Duration.ofDays(7);

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]");

  private final Path folder;
  private final Clock clock;
  private final ChangeListener listener;
  private final Map<String, Bucket> buckets = new ConcurrentSkipListMap<>();
  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

  private Buckets(Path folder, Clock clock, ChangeListener listener) {
    this.folder = folder;
    this.clock = clock;
    this.listener = listener;
  }

  /// Opens what is in a folder, which is made where it is missing.
  public static Buckets open(Path folder, Clock clock, ChangeListener listener) throws IOException {
    var buckets = new Buckets(folder, clock, listener);
    Files.createDirectories(buckets.objects());
    Files.createDirectories(buckets.uploadFolder());
    for (Path bucket : list(buckets.objects())) {
      buckets.create(bucket.getFileName().toString());
    }
    buckets.loadUploads();
    return buckets;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private Path objects() {
    return folder.resolve("buckets");
  }

  private Path uploadFolder() {
    return folder.resolve("uploads");
  }

  private void loadUploads() throws IOException {
    for (Path file : list(uploadFolder())) {
      if (file.getFileName().toString().endsWith(".json")) {
        Upload.State state = JsonFiles.read(file, Upload.State.class);
        Bucket bucket = buckets.get(state.bucket());
        if (bucket != null) {
          uploads.put(state.id(), new Upload(state, bucket, uploadFolder()));
        }
      }
    }
  }

  /// Makes a bucket; one that is there stays. Throws a 400 [Refusal] for what can be no name.
  public Bucket create(String name) throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw Refusal.invalid("Invalid bucket name: '" + name + "'");
    }
    Bucket there = buckets.get(name);
    if (there != null) {
      return there;
    }
    Bucket opened = Bucket.open(name, objects().resolve(name), clock, listener);
    Bucket other = buckets.putIfAbsent(name, opened);
    return other == null ? opened : other;
  }

  public Optional<Bucket> find(String name) {
    return Optional.ofNullable(buckets.get(name));
  }

  /// A bucket; throws a 404 [Refusal] where there is none.
  public Bucket get(String name) {
    return find(name).orElseThrow(() -> Refusal.notFound("The specified bucket"));
  }

  public List<Bucket> all() {
    return List.copyOf(buckets.values());
  }

  /// Deletes a bucket; throws a 409 [Refusal] while it holds objects.
  public void delete(String name) throws IOException {
    Bucket bucket = get(name);
    if (!bucket.isEmpty()) {
      throw new Refusal(409, "conflict", "The bucket you tried to delete is not empty.");
    }
    bucket.setVersioned(false);
    buckets.remove(name);
    Files.deleteIfExists(objects().resolve(name));
  }

  /// Deletes all objects and uploads; buckets stay. Nobody learns of it.
  public void clear() throws IOException {
    for (Bucket bucket : buckets.values()) {
      bucket.clear();
    }
    for (Upload upload : uploads.values()) {
      upload.erase();
    }
    uploads.clear();
  }

  /// Deletes all objects of a bucket and the uploads to it; the bucket stays. Nobody learns of it.
  public void clear(String name) throws IOException {
    for (Upload upload : uploads.values()) {
      if (upload.bucket().name().equals(name)) {
        cancel(upload);
      }
    }
    get(name).clear();
  }

  /// Begins an upload.
  ///
  /// @param size how many bytes there will be; null where the client does not say
  /// @param note what the interface keeps with it
  public Upload begin(
      Bucket bucket,
      String object,
      Attributes attributes,
      Conditions conditions,
      Expected expected,
      @Nullable Long size,
      String note)
      throws IOException {
    sweep();
    conditions.check(bucket.find(ObjectNames.check(object), null).orElse(null));
    // Its name is all that a client needs: nobody can guess it.
    String id = UUID.randomUUID().toString().replace("-", "");
    var state =
        new Upload.State(
            id,
            bucket.name(),
            object,
            attributes,
            conditions,
            expected,
            size,
            note,
            clock.instant().plus(UPLOAD_LIFE),
            null);
    var upload = new Upload(state, bucket, uploadFolder());
    JsonFiles.write(uploadFolder().resolve(id + ".json"), state);
    uploads.put(id, upload);
    return upload;
  }

  private void sweep() throws IOException {
    for (Upload upload : uploads.values()) {
      if (isOver(upload)) {
        cancel(upload);
      }
    }
  }

  private boolean isOver(Upload upload) {
    return !clock.instant().isBefore(upload.expiresAt());
  }

  /// An upload; throws a 410 [Refusal] for one that is over or never was: its client begins anew.
  public Upload upload(String id) {
    Upload upload = uploads.get(id);
    if (upload == null || isOver(upload)) {
      throw new Refusal(410, "gone", "There is no such upload, or its time is over");
    }
    return upload;
  }

  /// Ends an upload, and forgets its bytes.
  public void cancel(Upload upload) throws IOException {
    uploads.remove(upload.id());
    upload.erase();
  }
}
