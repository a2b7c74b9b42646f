package dev.fireside.emulator.storage.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The objects of a bucket.
public final class Bucket {
  private final String name;
  private final BucketFiles files;
  private final Clock clock;
  private final Reports reports;
  private final Versions versions = new Versions();
  private final Lock lock = new ReentrantLock();
  private long lastGeneration;

  private Bucket(String name, BucketFiles files, Clock clock, Reports reports) {
    this.name = name;
    this.files = files;
    this.clock = clock;
    this.reports = reports;
  }

  static Bucket open(String name, Path folder, Clock clock, ChangeListener listener)
      throws IOException {
    var files = new BucketFiles(folder);
    var bucket = new Bucket(name, files, clock, new Reports(folder, listener));
    for (StoredObject object : files.load()) {
      bucket.load(object);
    }
    bucket.reports.recover(bucket::isDone);
    return bucket;
  }

  /// Of two live versions of a name the earlier one was being replaced.
  private void load(StoredObject object) throws IOException {
    lastGeneration = Math.max(lastGeneration, object.generation());
    StoredObject other = versions.find(object.name(), null);
    if (object.timeDeleted() != null || other == null) {
      versions.put(object);
    } else if (other.generation() < object.generation()) {
      versions.put(object);
      retire(other);
    } else {
      retire(object);
    }
  }

  private boolean isDone(Reports.Change change) {
    StoredObject object = change.object();
    StoredObject there = versions.find(object.name(), object.generation());
    return switch (change.kind()) {
      case FINALIZED -> there != null;
      case DELETED -> there == null;
      case ARCHIVED -> there != null && there.timeDeleted() != null;
      case METADATA_UPDATED -> there != null && there.metageneration() >= object.metageneration();
    };
  }

  public String name() {
    return name;
  }

  /// Whether versions are kept that were overwritten or deleted.
  public boolean isVersioned() {
    return files.isVersioned();
  }

  /// Has versions be kept, or no longer: those that are there stay.
  public void setVersioned(boolean kept) throws IOException {
    lock.lock();
    try {
      files.setVersioned(kept);
    } finally {
      lock.unlock();
    }
  }

  /// The first object by name, from a name on; null behind the last one.
  public @Nullable StoredObject first(String from) {
    return versions.first(from);
  }

  /// All versions of the first name that has one, from a name on, the oldest first.
  public List<StoredObject> firstVersions(String from) {
    return versions.firstWithArchived(from);
  }

  /// An object.
  ///
  /// @param generation null for the one that is there
  public Optional<StoredObject> find(String object, @Nullable Long generation) {
    return Optional.ofNullable(versions.find(object, generation));
  }

  /// An object; throws a 404 [Refusal] where there is none.
  public StoredObject get(String object, @Nullable Long generation) {
    return find(object, generation)
        .orElseThrow(() -> Refusal.notFound("No such object: " + name + "/" + object + ":"));
  }

  /// The bytes of an object. They can be read to their end, whatever happens to the object
  /// meanwhile. Throws a 404 [Refusal] where it is gone.
  public InputStream open(StoredObject object) throws IOException {
    return files.open(object);
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
    return write(
        object,
        attributes,
        out -> {
          out.append(bytes);
          expected.check(out.sums());
          return null;
        },
        conditions,
        guard);
  }

  /// What an object is made of.
  interface Source {
    /// Writes the bytes, and returns how many objects they are composed of; null for none.
    @Nullable Integer writeTo(Draft draft) throws IOException;
  }

  /// Writes an object whose bytes are collected first.
  StoredObject write(
      String object, Attributes attributes, Source source, Conditions conditions, Guard guard)
      throws IOException {
    conditions.check(versions.find(ObjectNames.check(object), null));
    try (Draft draft = files.draft()) {
      Integer components = source.writeTo(draft);
      Path file = draft.complete();
      return commit(object, attributes, file, draft.sums(), components, conditions, guard);
    }
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
      StoredObject before = versions.find(object, null);
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
              null,
              attributes);
      guard.check(written, before);
      var changes = new ArrayList<Reports.Change>();
      try {
        changes.add(reports.announce(ChangeListener.Kind.FINALIZED, written));
        if (before != null) {
          changes.add(announceRetirement(before));
        }
        files.add(written, file);
      } catch (IOException e) {
        changes.forEach(reports::withdraw);
        throw e;
      }
      versions.put(written);
      if (before != null) {
        retire(before);
      }
      changes.forEach(reports::tell);
      return written;
    } finally {
      lock.unlock();
    }
  }

  private Reports.Change announceRetirement(StoredObject object) throws IOException {
    return isVersioned()
        ? reports.announce(ChangeListener.Kind.ARCHIVED, object.archived(clock.instant()))
        : reports.announce(ChangeListener.Kind.DELETED, object);
  }

  /// Takes a version out of the way: it is kept, where the bucket keeps versions.
  private void retire(StoredObject object) throws IOException {
    if (isVersioned()) {
      StoredObject archived = object.archived(clock.instant());
      files.describe(archived);
      versions.put(archived);
    } else {
      erase(object);
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
      Reports.Change update = reports.announce(ChangeListener.Kind.METADATA_UPDATED, after);
      files.describe(after);
      versions.put(after);
      reports.tell(update);
      return after;
    } finally {
      lock.unlock();
    }
  }

  /// Deletes an object; throws a 404 [Refusal] where there is none.
  ///
  /// @param generation a version that goes for good; null for the live one, which is kept where
  ///   versions are
  public void delete(String object, @Nullable Long generation, Conditions conditions)
      throws IOException {
    lock.lock();
    try {
      StoredObject before = get(object, generation);
      conditions.check(before);
      Reports.Change change =
          generation == null
              ? announceRetirement(before)
              : reports.announce(ChangeListener.Kind.DELETED, before);
      if (generation == null) {
        retire(before);
      } else {
        erase(before);
      }
      reports.tell(change);
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    return versions.isEmpty();
  }

  /// Deletes all objects in all versions; nobody learns of it.
  public void clear() {
    lock.lock();
    try {
      versions.all().forEach(this::erase);
      versions.clear();
    } finally {
      lock.unlock();
    }
  }

  private void erase(StoredObject object) {
    files.erase(object);
    versions.remove(object);
  }
}
