package dev.fireside.emulator.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Objects pass by the heap: `./benchmarks/uploads` tries 2 GiB.
class MemoryIT {
  private static final int HEAP_MIB = 48;
  private static final int OBJECT_MIB = 200;

  @TempDir Path folder;

  @Test
  void anObjectLargerThanTheHeapIsStoredCopiedAndRead() throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx" + HEAP_MIB + "m",
                    "-XX:MaxDirectMemorySize=" + HEAP_MIB + "m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    BigUpload.class.getName(),
                    folder.toString(),
                    Integer.toString(OBJECT_MIB)))
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
