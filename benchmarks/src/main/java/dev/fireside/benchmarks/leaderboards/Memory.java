package dev.fireside.benchmarks.leaderboards;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What memory a server takes, as far as this machine knows.
///
/// @param redisHost host of its Redis; null for unknown
/// @param pid one of its processes; those that it started count too; null for unknown
record Memory(@Nullable String redisHost, int redisPort, @Nullable Long pid) {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int ANSWER_BYTES_MAX = 64 * 1024;
  private static final String USED = "used_memory:";

  /// @param redis `host:port`; null for unknown
  static Memory of(@Nullable String redis, @Nullable Long pid) {
    int colon = redis == null ? -1 : redis.lastIndexOf(':');
    return redis == null || colon < 0
        ? new Memory(null, 0, pid)
        : new Memory(redis.substring(0, colon), Integer.parseInt(redis.substring(colon + 1)), pid);
  }

  /// Bytes that Redis holds; empty where it cannot be asked.
  OptionalLong redisBytes() {
    if (redisHost == null) {
      return OptionalLong.empty();
    }
    try (var socket = new Socket(redisHost, redisPort)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write("INFO memory\r\n".getBytes(StandardCharsets.US_ASCII));
      var answer = new StringBuilder();
      byte[] part = new byte[ANSWER_BYTES_MAX];
      while (answer.length() < ANSWER_BYTES_MAX) {
        int read = socket.getInputStream().read(part);
        answer.append(new String(part, 0, Math.max(0, read), StandardCharsets.US_ASCII));
        int start = answer.indexOf(USED);
        int end = start < 0 ? -1 : answer.indexOf("\r", start);
        if (end >= 0) {
          return OptionalLong.of(Long.parseLong(answer.substring(start + USED.length(), end)));
        }
        if (read < 0) {
          break;
        }
      }
    } catch (IOException e) {
      // Then it is not known.
    }
    return OptionalLong.empty();
  }

  /// Resident bytes of the processes by name; empty where they cannot be looked at.
  Map<String, Long> residentBytes() {
    var bytes = new TreeMap<String, Long>();
    if (pid != null) {
      ProcessHandle.of(pid)
          .ifPresent(root ->
              Stream.concat(Stream.of(root), root.descendants())
                  .forEach(process -> add(bytes, process.pid(), process.equals(root))));
    }
    return bytes;
  }

  private static void add(Map<String, Long> bytes, long pid, boolean root) {
    Path directory = Path.of("/proc", Long.toString(pid));
    try {
      String command = Files.readString(directory.resolve("cmdline"), StandardCharsets.ISO_8859_1);
      for (String line : Files.readAllLines(directory.resolve("status"))) {
        if (line.startsWith("VmRSS:")) {
          long kib = Long.parseLong(line.replaceAll("[^0-9]", ""));
          bytes.merge(root ? "server" : name(command), kib * 1024, Long::sum);
        }
      }
    } catch (IOException e) {
      // It has ended, or this is not Linux.
    }
  }

  private static String name(String command) {
    if (command.contains("redis-server")) {
      return "Redis";
    }
    if (command.contains("CloudFirestore") || command.contains("firestore-emulator")) {
      return "Firestore emulator";
    }
    return command.contains("pubsub") ? "Pub/Sub emulator" : "others";
  }
}
