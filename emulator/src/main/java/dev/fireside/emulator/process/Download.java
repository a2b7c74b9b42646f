package dev.fireside.emulator.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A jar on the web, or a zip that holds one, accepted only with its exact size and SHA-256.
record Download(String address, String sha256, long bytes) {
  private static final Logger log = LoggerFactory.getLogger(Download.class);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final int BYTES_PER_MB = 1_000_000;

  Download {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a SHA-256: " + sha256);
    }
  }

  /// The jar in `folder`, fetched now if it is not there yet.
  Path into(Path folder) throws IOException {
    String name = address.substring(address.lastIndexOf('/') + 1);
    Path jar = folder.resolve(name.replaceFirst("\\.zip$", ".jar"));
    if (Files.exists(jar)) {
      return jar;
    }
    log.info("downloading {} ({} MB) to {}", address, bytes / BYTES_PER_MB, folder);
    Path part = Files.createTempFile(folder, name, ".part");
    try {
      fetch(part);
      Path whole = name.endsWith(".zip") ? unpack(part, folder) : part;
      // Moved into place when whole: a broken download must never be found as the jar.
      return Files.move(whole, jar, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void fetch(Path part) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).timeout(LIMIT).build();
    MessageDigest digest = sha256Digest();
    long received;
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build()) {
      HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = new DigestInputStream(response.body(), digest)) {
        if (response.statusCode() != 200) {
          throw new IOException(address + " answers " + response.statusCode());
        }
        received = Files.copy(body, part, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    String actual = HexFormat.of().formatHex(digest.digest());
    if (received != bytes || !actual.equals(sha256)) {
      throw new IOException(
          "%s has %d bytes with SHA-256 %s, expected %d with %s"
              .formatted(address, received, actual, bytes, sha256));
    }
  }

  private static Path unpack(Path zip, Path folder) throws IOException {
    try (ZipFile archive = new ZipFile(zip.toFile())) {
      for (Enumeration<? extends ZipEntry> all = archive.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        if (entry.getName().endsWith(".jar")) {
          Path jar = Files.createTempFile(folder, "unpacked", ".part");
          try (InputStream content = archive.getInputStream(entry)) {
            Files.copy(content, jar, StandardCopyOption.REPLACE_EXISTING);
          }
          return jar;
        }
      }
    }
    throw new IOException("no jar in " + zip);
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
