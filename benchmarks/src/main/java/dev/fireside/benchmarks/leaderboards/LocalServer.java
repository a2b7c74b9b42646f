package dev.fireside.benchmarks.leaderboards;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The process of [LocalServerMain].
///
/// @param url where its functions are called
/// @param redisPort port of its Redis
/// @param firestore `host:port` of its Firestore emulator
record LocalServer(Process process, URI url, int redisPort, String firestore)
    implements AutoCloseable {
  private static final int STOP_SECONDS = 30;

  /// Above this the emulator needs more heap than a quarter of a common machine.
  private static final int MANY_ROWS = 200_000;

  /// Starts the process and returns when its board is filled.
  static LocalServer start(Options options) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            // As ./scripts/dev does.
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            LocalServerMain.class.getName(),
            options.board(),
            Integer.toString(options.rows()),
            Integer.toString(options.scores()),
            Boolean.toString(options.profiles()),
            Boolean.toString(options.events()),
            Boolean.toString(options.rebuild())));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    if (options.rows() > MANY_ROWS) {
      // Reaches the emulators it starts, which say nothing of their own heap.
      builder.environment().put("JDK_JAVA_OPTIONS", "-Xmx10g");
    }
    Process process = builder.start();
    try {
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(LocalServerMain.READY)) {
          String[] words = line.substring(LocalServerMain.READY.length()).split(" ", 3);
          return new LocalServer(
              process, URI.create(words[0]), Integer.parseInt(words[1]), words[2]);
        }
      }
      throw new IOException("The local cloud ended before it was ready");
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
