package dev.fireside.transcoder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A folder for one execution, which goes with it: those of executions that crashed are removed by
/// the next. A lock beside each says whether anybody still works in it; the system lets it go with
/// the process, however that ends.
final class Scratch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Scratch.class);
  private static final String LOCK = ".lock";

  private final Path folder;
  private final Path lockFile;
  private final FileChannel channel;

  private Scratch(Path folder, Path lockFile, FileChannel channel) {
    this.folder = folder;
    this.lockFile = lockFile;
    this.channel = channel;
  }

  /// Throws [UncheckedIOException] where nothing can be written.
  static Scratch open(Path base) {
    try {
      Files.createDirectories(base);
      clean(base);
      String name = UUID.randomUUID().toString();
      Path lockFile = base.resolve(name + LOCK);
      FileChannel channel = locked(lockFile);
      if (channel == null) {
        throw new IOException("Cannot lock " + lockFile);
      }
      return new Scratch(Files.createDirectory(base.resolve(name)), lockFile, channel);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot work in " + base, e);
    }
  }

  private static @org.jspecify.annotations.Nullable FileChannel locked(Path lockFile)
      throws IOException {
    FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // An execution in this process works there.
    }
    channel.close();
    return null;
  }

  private static void clean(Path base) throws IOException {
    List<Path> locks;
    try (Stream<Path> files = Files.list(base)) {
      locks = files.filter(file -> file.toString().endsWith(LOCK)).toList();
    }
    for (Path lockFile : locks) {
      try (FileChannel channel = locked(lockFile)) {
        if (channel != null) {
          String name = lockFile.getFileName().toString();
          remove(base.resolve(name.substring(0, name.length() - LOCK.length())));
          Files.deleteIfExists(lockFile);
          log.info("Removed what a crash left: {}", name);
        }
      }
    }
  }

  /// Where the execution works.
  Path folder() {
    return folder;
  }

  /// Bytes that are free beside what is there.
  long free() {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      remove(folder);
      Files.deleteIfExists(lockFile);
      channel.close();
    } catch (IOException e) {
      log.warn("Cannot remove {}: the next execution does", folder, e);
    }
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
