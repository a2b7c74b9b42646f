package dev.fireside.benchmarks.realtime;

import dev.fireside.emulator.database.DatabaseOptions;
import dev.fireside.emulator.database.DatabaseServer;
import io.netty.util.internal.PlatformDependent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/// A Realtime Database in a process of its own. It prints its port, and with each line that it
/// reads collects garbage and prints the bytes that are in use; it ends with its input.
final class DatabaseMain {
  private DatabaseMain() {}

  public static void main(String[] args) throws IOException {
    try (var server = DatabaseServer.start(DatabaseOptions.inMemory(DatabaseProtocol.NAMESPACE));
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println(server.port());
      while (lines.readLine() != null) {
        System.gc();
        System.out.println(used());
      }
    }
  }

  private static long used() {
    long buffers =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
        + buffers
        + PlatformDependent.usedDirectMemory();
  }
}
