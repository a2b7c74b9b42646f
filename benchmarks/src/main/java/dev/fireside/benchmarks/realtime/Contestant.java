package dev.fireside.benchmarks.realtime;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server under load, in a process of its own.
///
/// @param name its name in tables
/// @param output what the process prints: its port, then the bytes that it uses each time it
///   collected garbage
record Contestant(String name, Protocol protocol, Process process, BufferedReader output, int port)
    implements AutoCloseable {
  private static final int HEAP_MIB = 512;
  private static final int STOP_SECONDS = 10;
  private static final long KIB = 1_024;

  /// By how little memory shrinks when nothing ends any more, in bytes, and for how long.
  private static final long SETTLED = 50 * KIB;

  private static final int SETTLED_SECONDS = 3;

  static Contestant ours() throws IOException {
    return start(
        "fireside",
        new DatabaseProtocol(),
        Path.of("."),
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + HEAP_MIB + "m",
            "-XX:+UseSerialGC",
            // Give back what is free, as Node does: what clients take is measured, not room to
            // spare.
            "-Xms8m",
            "-XX:MinHeapFreeRatio=5",
            "-XX:MaxHeapFreeRatio=10",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            DatabaseMain.class.getName()));
  }

  /// @param root the folder of the project
  static Contestant peer(Path root) throws IOException {
    return start(
        "socket.io",
        new SocketIoProtocol(),
        root.resolve("benchmarks/peers/realtime"),
        List.of("node", "--expose-gc", "--max-old-space-size=" + HEAP_MIB, "server.js"));
  }

  private static Contestant start(
      String name, Protocol protocol, Path directory, List<String> command) throws IOException {
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("NODE_ENV", "production");
    Process process = builder.start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String port = output.readLine();
    if (port == null) {
      throw new IOException("The server " + name + " does not start");
    }
    return new Contestant(name, protocol, process, output, Integer.parseInt(port));
  }

  /// What the process has taken of the processor.
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// Bytes in use, by objects and by buffers, as the process says: once garbage is collected, and
  /// clients that have left are gone.
  long used() throws IOException, InterruptedException {
    long least = Long.MAX_VALUE;
    for (int same = 0; same < SETTLED_SECONDS; same++) {
      long now = collect();
      same = now < least - SETTLED ? 0 : same;
      least = Math.min(least, now);
      TimeUnit.SECONDS.sleep(1);
    }
    return least;
  }

  private long collect() throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).write("collect\n");
    process.outputWriter(StandardCharsets.UTF_8).flush();
    return Long.parseLong(output.readLine());
  }

  /// Resident bytes.
  long resident() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * KIB;
      }
    }
    throw new IOException("The memory of " + name + " is not known");
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
