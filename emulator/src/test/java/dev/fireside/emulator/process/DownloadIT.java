package dev.fireside.emulator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadIT {
  private static final byte[] JAR = "the jar".getBytes(StandardCharsets.UTF_8);

  private final AtomicInteger requests = new AtomicInteger();
  @TempDir private Path cache;
  private HttpServer server;
  private byte[] content = JAR;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(Ports.address(0), 0);
    server.createContext(
        "/drop/",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(200, content.length);
          try (var out = exchange.getResponseBody()) {
            out.write(content);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void fetchesTheJarOnce() throws Exception {
    Download download = new Download(address("x-1.0.jar"), sha256(JAR), JAR.length);
    Path jar = download.into(cache);
    assertThat(jar).isEqualTo(cache.resolve("x-1.0.jar")).hasBinaryContent(JAR);
    assertThat(download.into(cache)).isEqualTo(jar);
    assertThat(requests).hasValue(1);
    assertThat(cache.toFile().list()).containsExactly("x-1.0.jar");
  }

  @Test
  void takesTheJarOutOfAZip() throws Exception {
    content = zip("pubsub-emulator/bin/run", "pubsub-emulator/lib/x-all.jar");
    Path jar = new Download(address("x-1.0.zip"), sha256(content), content.length).into(cache);
    assertThat(jar).isEqualTo(cache.resolve("x-1.0.jar")).hasBinaryContent(JAR);
    assertThat(cache.toFile().list()).containsExactly("x-1.0.jar");
  }

  @Test
  void keepsNothingThatHasAnotherChecksum() throws Exception {
    Download download = new Download(address("x-1.0.jar"), sha256(new byte[] {1}), JAR.length);
    assertThatThrownBy(() -> download.into(cache))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(sha256(JAR));
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void keepsNothingThatTheServerRefuses() throws Exception {
    Download download =
        new Download(address("x-1.0.jar").replace("drop", "lost"), sha256(JAR), JAR.length);
    assertThatThrownBy(() -> download.into(cache))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("answers 404");
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void refusesAChecksumThatIsNone() {
    assertThatThrownBy(() -> new Download("http://x", "49ee78", 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private String address(String name) {
    return "http://%s:%d/drop/%s".formatted(Ports.HOST, server.getAddress().getPort(), name);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.endsWith(".jar") ? JAR : new byte[] {7});
      }
    }
    return bytes.toByteArray();
  }
}
