package dev.fireside.emulator.storage.disk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The objects of a bucket. A version is two files, `{generation}.data` and `{generation}.json`; it
/// exists once the second does.
public final class Bucket {
  /// Objects in a composition, at most.
  public static final int COMPONENTS_MAX = 32;

  private static final int NAME_BYTES_MAX = 1_024;
  private static final int BUFFER = 256 * 1024;

  /// As UTF-8 is ordered; UTF-16 puts some characters elsewhere.
  private static final Comparator<String> ORDER =
      (one, other) -> {
        int at = 0;
        while (at < one.length() && at < other.length()) {
          int left = one.codePointAt(at);
          int right = other.codePointAt(at);
          if (left != right) {
            return Integer.compare(left, right);
          }
          at += Character.charCount(left);
        }
        return Integer.compare(one.length(), other.length());
      };

  private final String name;
  private final Path folder;
  private final Clock clock;
  private final ChangeListener listener;
  private final ConcurrentNavigableMap<String, StoredObject> objects =
      new ConcurrentSkipListMap<>(ORDER);
  private final Lock lock = new ReentrantLock();
  private long lastGeneration;

  private Bucket(String name, Path folder, Clock clock, ChangeListener listener) {
    this.name = name;
    this.folder = folder;
    this.clock = clock;
    this.listener = listener;
  }

  static Bucket open(String name, Path folder, Clock clock, ChangeListener listener)
      throws IOException {
    Files.createDirectories(folder);
    var bucket = new Bucket(name, folder, clock, listener);
    bucket.load();
    return bucket;
  }

  /// Of two versions of a name the earlier one was being replaced.
  private void load() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    }
    for (Path file : files) {
      String fileName = file.getFileName().toString();
      if (fileName.endsWith(".json")) {
        StoredObject object = JsonFiles.read(file, StoredObject.class);
        lastGeneration = Math.max(lastGeneration, object.generation());
        StoredObject other = objects.get(object.name());
        boolean isLater = other == null || other.generation() < object.generation();
        if (isLater) {
          objects.put(object.name(), object);
        }
        if (other != null) {
          erase(isLater ? other : object);
        }
      }
    }
    for (Path file : files) {
      String fileName = file.getFileName().toString();
      if (!fileName.endsWith(".json")
          && !Files.exists(folder.resolve(fileName.replace(".data", ".json")))) {
        Files.deleteIfExists(file);
      }
    }
  }

  public String name() {
    return name;
  }

  /// Its objects in the order of their names, from a name on.
  public ConcurrentNavigableMap<String, StoredObject> from(String first) {
    return objects.tailMap(first, true);
  }

  /// An object.
  ///
  /// @param generation null for the one that is there
  public Optional<StoredObject> find(String object, @Nullable Long generation) {
    return Optional.ofNullable(objects.get(object))
        .filter(found -> generation == null || found.generation() == generation);
  }

  /// An object; throws a 404 [Refusal] where there is none.
  public StoredObject get(String object, @Nullable Long generation) {
    return find(object, generation)
        .orElseThrow(() -> Refusal.notFound("No such object: " + name + "/" + object + ":"));
  }

  /// The bytes of an object. They can be read to their end, whatever happens to the object
  /// meanwhile. Throws a 404 [Refusal] where it is gone.
  public InputStream open(StoredObject object) throws IOException {
    try {
      return Files.newInputStream(data(object.generation()));
    } catch (NoSuchFileException e) {
      throw Refusal.notFound("No such object: " + name + "/" + object.name() + ":");
    }
  }

  /// Throws a 400 [Refusal] for what can be no name.
  public static String checkName(String object) {
    int bytes = object.getBytes(StandardCharsets.UTF_8).length;
    boolean lines = object.indexOf('\n') >= 0 || object.indexOf('\r') >= 0;
    if (bytes == 0
        || bytes > NAME_BYTES_MAX
        || lines
        || object.equals(".")
        || object.equals("..")) {
      throw Refusal.invalid(
          "An object's name is 1 to 1024 bytes of UTF-8 without line breaks, and not . or ..");
    }
    return object;
  }

  /// What has to hold of an object for it to be written.
  public interface Guard {
    /// Every object may be.
    Guard NONE = (_, _) -> {};

    /// Throws a [Refusal] for one that may not be.
    ///
    /// @param written as it would be
    /// @param before the one that is there; null where there is none
    void check(StoredObject written, @Nullable StoredObject before);
  }

  /// Writes an object in one go.
  public StoredObject put(
      String object,
      Attributes attributes,
      InputStream bytes,
      Expected expected,
      Conditions conditions,
      Guard guard)
      throws IOException {
    conditions.check(objects.get(checkName(object)));
    Path draft = draft();
    try {
      var sums = new Checksums();
      copy(bytes, draft, sums);
      expected.check(sums);
      return commit(object, attributes, draft, sums, null, conditions, guard);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void copy(InputStream in, Path to, Checksums sums) throws IOException {
    try (OutputStream out = Files.newOutputStream(to)) {
      append(in, out, sums);
    }
  }

  private static void append(InputStream in, OutputStream out, Checksums sums) throws IOException {
    var buffer = new byte[BUFFER];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      out.write(buffer, 0, read);
      sums.add(buffer, read);
    }
  }

  private Path draft() {
    return folder.resolve(UUID.randomUUID() + ".draft");
  }

  /// Makes a file an object, in place of the one of its name.
  ///
  /// @param components how many objects it was composed of; null where it was not
  StoredObject commit(
      String object,
      Attributes attributes,
      Path file,
      Checksums sums,
      @Nullable Integer components,
      Conditions conditions,
      Guard guard)
      throws IOException {
    lock.lock();
    try {
      StoredObject before = objects.get(object);
      conditions.check(before);
      Instant now = clock.instant();
      var written =
          new StoredObject(
              name,
              object,
              nextGeneration(now),
              1,
              Files.size(file),
              sums.crc32c(),
              components == null ? sums.md5() : null,
              components,
              now,
              now,
              attributes);
      guard.check(written, before);
      Files.move(file, data(written.generation()));
      JsonFiles.write(description(written.generation()), written);
      objects.put(object, written);
      if (before != null) {
        erase(before);
      }
      listener.on(ChangeListener.Kind.FINALIZED, written);
      if (before != null) {
        listener.on(ChangeListener.Kind.DELETED, before);
      }
      return written;
    } finally {
      lock.unlock();
    }
  }

  private long nextGeneration(Instant now) {
    lastGeneration = Math.max(lastGeneration + 1, ChronoUnit.MICROS.between(Instant.EPOCH, now));
    return lastGeneration;
  }

  /// Changes what is said of an object.
  public StoredObject update(
      String object,
      @Nullable Long generation,
      Conditions conditions,
      UnaryOperator<Attributes> change,
      Guard guard)
      throws IOException {
    lock.lock();
    try {
      StoredObject before = get(object, generation);
      conditions.check(before);
      StoredObject after = before.with(change.apply(before.attributes()), clock.instant());
      guard.check(after, before);
      JsonFiles.write(description(after.generation()), after);
      objects.put(object, after);
      listener.on(ChangeListener.Kind.METADATA_UPDATED, after);
      return after;
    } finally {
      lock.unlock();
    }
  }

  /// Deletes an object; throws a 404 [Refusal] where there is none.
  public void delete(String object, @Nullable Long generation, Conditions conditions)
      throws IOException {
    lock.lock();
    try {
      StoredObject before = get(object, generation);
      conditions.check(before);
      erase(before);
      objects.remove(object);
      listener.on(ChangeListener.Kind.DELETED, before);
    } finally {
      lock.unlock();
    }
  }

  /// A part of a composition.
  ///
  /// @param generation the version that is meant; null for the one that is there
  public record Component(String object, @Nullable Long generation, Conditions conditions) {}

  /// Makes one object of several. Throws a 400 [Refusal] for none or more than [#COMPONENTS_MAX].
  public StoredObject compose(
      String object, Attributes attributes, List<Component> components, Conditions conditions)
      throws IOException {
    if (components.isEmpty() || components.size() > COMPONENTS_MAX) {
      throw Refusal.invalid("The number of source components must be from 1 to " + COMPONENTS_MAX);
    }
    checkName(object);
    Path draft = draft();
    try {
      var sums = new Checksums();
      int count = 0;
      try (OutputStream out = Files.newOutputStream(draft)) {
        for (Component component : components) {
          StoredObject part = get(component.object(), component.generation());
          component.conditions().check(part);
          Integer parts = part.componentCount();
          count += parts == null ? 1 : parts;
          try (InputStream in = open(part)) {
            append(in, out, sums);
          }
        }
      }
      return commit(object, attributes, draft, sums, count, conditions, Guard.NONE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /// Copies an object of any bucket here.
  public StoredObject copy(
      Bucket from, StoredObject source, String object, Attributes attributes, Conditions conditions)
      throws IOException {
    conditions.check(objects.get(checkName(object)));
    Path draft = draft();
    try (InputStream in = from.open(source)) {
      var sums = new Checksums();
      copy(in, draft, sums);
      return commit(
          object, attributes, draft, sums, source.componentCount(), conditions, Guard.NONE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  boolean isEmpty() {
    return objects.isEmpty();
  }

  /// Deletes all objects; nobody learns of it.
  public void clear() {
    lock.lock();
    try {
      objects.values().forEach(this::erase);
      objects.clear();
    } finally {
      lock.unlock();
    }
  }

  private void erase(StoredObject object) {
    try {
      Files.deleteIfExists(description(object.generation()));
      Files.deleteIfExists(data(object.generation()));
    } catch (IOException e) {
      throw new UncheckedIOException("An object could not be deleted", e);
    }
  }

  private Path data(long generation) {
    return folder.resolve(generation + ".data");
  }

  private Path description(long generation) {
    return folder.resolve(generation + ".json");
  }
}
