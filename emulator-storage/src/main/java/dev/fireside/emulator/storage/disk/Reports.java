package dev.fireside.emulator.storage.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells of a bucket's changes at least once, as Google does: a change is written down before it is
/// done, and crossed out once the listener knows of it. What a crash leaves written down is told
/// when the bucket is opened again, as far as it was done.
final class Reports {
  private static final Logger log = LoggerFactory.getLogger(Reports.class);
  private static final String SUFFIX = ".report";

  private final Path folder;
  private final ChangeListener listener;

  /// A change, as its file holds it.
  ///
  /// @param object as it is after the change; one that goes, as it was
  record Change(ChangeListener.Kind kind, StoredObject object) {}

  Reports(Path folder, ChangeListener listener) {
    this.folder = folder;
    this.listener = listener;
  }

  /// Writes down what is about to be done.
  Change announce(ChangeListener.Kind kind, StoredObject object) throws IOException {
    var change = new Change(kind, object);
    JsonFiles.write(file(change), change);
    return change;
  }

  /// Crosses out what was not done after all.
  void withdraw(Change change) {
    try {
      Files.deleteIfExists(file(change));
    } catch (IOException e) {
      throw new UncheckedIOException("A report could not be deleted", e);
    }
  }

  /// Tells of what was done.
  void tell(Change change) {
    try {
      listener.on(change.kind(), change.object());
    } catch (RuntimeException e) {
      log.error(
          "A change of {} is told when its bucket is opened again", change.object().name(), e);
      return;
    }
    withdraw(change);
  }

  /// Tells of what is left from before, in its order.
  ///
  /// @param done whether a change is on disk
  void recover(Predicate<Change> done) throws IOException {
    var left = new ArrayList<Change>();
    for (Path file : files()) {
      left.add(JsonFiles.read(file, Change.class));
    }
    for (Change change : left) {
      if (done.test(change)) {
        tell(change);
      } else {
        withdraw(change);
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  private Path file(Change change) {
    StoredObject object = change.object();
    return folder.resolve(
        "%d-%d-%s%s"
            .formatted(
                object.generation(), object.metageneration(), change.kind().event(), SUFFIX));
  }
}
