package dev.fireside.emulator.storage.disk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// The files of a bucket. A version is two of them, `{generation}.data` and `{generation}.json`; it
/// exists once the second does. Versions are kept where a file `versioning` is.
final class BucketFiles {
  private final Path folder;

  BucketFiles(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /// The versions that exist, in no order. What was being written when a process ended goes.
  List<StoredObject> load() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    }
    var objects = new ArrayList<StoredObject>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (name.endsWith(".json")) {
        objects.add(JsonFiles.read(file, StoredObject.class));
      } else if (name.endsWith(".draft") || name.endsWith(".tmp") || isOrphan(name)) {
        Files.delete(file);
      }
    }
    return objects;
  }

  private boolean isOrphan(String name) {
    return name.endsWith(".data") && !Files.exists(folder.resolve(name.replace(".data", ".json")));
  }

  boolean isVersioned() {
    return Files.exists(versioning());
  }

  void setVersioned(boolean kept) throws IOException {
    if (!kept) {
      Files.deleteIfExists(versioning());
    } else if (!isVersioned()) {
      Files.createFile(versioning());
    }
  }

  private Path versioning() {
    return folder.resolve("versioning");
  }

  /// Where bytes can be collected.
  Draft draft() throws IOException {
    return new Draft(folder.resolve(UUID.randomUUID() + ".draft"));
  }

  /// The bytes of a version. Throws a 404 [Refusal] where it is gone.
  InputStream open(StoredObject object) throws IOException {
    try {
      return Files.newInputStream(data(object));
    } catch (NoSuchFileException e) {
      throw Refusal.notFound("No such object: " + object.bucket() + "/" + object.name() + ":");
    }
  }

  /// Makes a file the bytes of a version; where that fails it is as before.
  void add(StoredObject object, Path file) throws IOException {
    Files.move(file, data(object));
    try {
      describe(object);
    } catch (IOException e) {
      Files.move(data(object), file);
      throw e;
    }
  }

  /// Writes what is known of a version.
  void describe(StoredObject object) throws IOException {
    JsonFiles.write(description(object), object);
  }

  void erase(StoredObject object) {
    try {
      Files.deleteIfExists(description(object));
      Files.deleteIfExists(data(object));
    } catch (IOException e) {
      throw new UncheckedIOException("An object could not be deleted", e);
    }
  }

  private Path data(StoredObject object) {
    return folder.resolve(object.generation() + ".data");
  }

  private Path description(StoredObject object) {
    return folder.resolve(object.generation() + ".json");
  }
}
