package dev.fireside.emulator.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A class run in a JVM of its own, with the class path of this one.
public final class JavaProcess implements AutoCloseable {
  private final ChildProcess child;
  private final Path directory;

  private JavaProcess(ChildProcess child, Path directory) {
    this.child = child;
    this.directory = directory;
  }

  /// Starts `className`, whose output goes to a folder called `name` below `folder`.
  ///
  /// @param environment variables, beside those of this process
  public static JavaProcess start(
      String name, Path folder, String className, Map<String, String> environment) {
    Path directory = folder.resolve(name);
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new StartUpException("cannot write to " + directory, e);
    }
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            absolute(System.getProperty("java.class.path")),
            className);
    return new JavaProcess(ChildProcess.start(name, 0, directory, command, environment), directory);
  }

  /// It runs in another directory.
  private static String absolute(String classPath) {
    return List.of(classPath.split(File.pathSeparator, -1)).stream()
        .map(part -> Path.of(part).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /// Waits for its end, and kills it after `limit`.
  ///
  /// @return its status
  public int await(Duration limit) {
    return child.awaitEnd(limit);
  }

  /// SIGKILL.
  public void kill() {
    child.kill();
  }

  /// Where its output is.
  public Path log() {
    return directory.resolve("output.log");
  }

  public long pid() {
    return child.pid();
  }

  @Override
  public void close() {
    child.close();
  }
}
