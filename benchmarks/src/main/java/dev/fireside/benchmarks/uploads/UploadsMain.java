package dev.fireside.benchmarks.uploads;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/// Uploads a large object in one request and in chunks, each beside a plain write of the same bytes
/// to the same disk, both until the disk has them, and says what memory the server took.
public final class UploadsMain {
  private static final int MIB = 1 << 20;
  private static final int HEAP_MIB = 256;
  private static final int CHUNK = 8 * MIB;
  private static final byte[] BUFFER = buffer();

  private static final String USAGE =
      """
      Usage: ./benchmarks/uploads [--mib N] [--rounds N]

        --mib N     size of the object (2048)
        --rounds N  how often each is measured (3)
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final String address;
  private final long size;

  private UploadsMain(Path folder, String address, long size) {
    this.folder = folder;
    this.address = address;
    this.size = size;
  }

  private static byte[] buffer() {
    var buffer = new byte[256 * 1024];
    new Random(1).nextBytes(buffer);
    return buffer;
  }

  public static void main(String[] args) throws Exception {
    int mib = 2_048;
    int rounds = 3;
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length || !args[i + 1].matches("[1-9][0-9]{0,5}")) {
        System.err.print(USAGE);
        System.exit(2);
      }
      switch (args[i]) {
        case "--mib" -> mib = Integer.parseInt(args[i + 1]);
        case "--rounds" -> rounds = Integer.parseInt(args[i + 1]);
        default -> {
          System.err.print(USAGE);
          System.exit(2);
        }
      }
    }
    Path folder = Files.createTempDirectory("fireside-uploads");
    Process server = server(folder);
    try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
      new UploadsMain(folder, out.readLine(), (long) mib * MIB).run(rounds, server);
    } finally {
      server.destroy();
      server.waitFor();
      try (var files = Files.walk(folder)) {
        files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  private static Process server(Path folder) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + HEAP_MIB + "m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            StorageMain.class.getName(),
            folder.resolve("storage").toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private void run(int rounds, Process server) throws Exception {
    System.out.printf(
        Locale.ROOT,
        "%d MiB, a server with a heap of %d MiB; MiB/s until the disk has it, and ratio to a plain"
            + " write%n",
        size / MIB,
        HEAP_MIB);
    var whole = new ArrayList<Double>();
    var chunks = new ArrayList<Double>();
    for (int round = 1; round <= rounds; round++) {
      double write = rate(this::write);
      double one = rate(() -> upload(size));
      double many = rate(() -> upload(CHUNK));
      whole.add(one / write);
      chunks.add(many / write);
      System.out.printf(
          Locale.ROOT,
          "round %d: write %.0f, one request %.0f (%.2f), chunks of 8 MiB %.0f (%.2f)%n",
          round,
          write,
          one,
          one / write,
          many,
          many / write);
    }
    System.out.printf(
        Locale.ROOT,
        "median ratio: one request %.2f, chunks %.2f; the server's resident memory was %d MiB at"
            + " most%n",
        median(whole),
        median(chunks),
        peak(server));
  }

  private interface Work {
    void run() throws Exception;
  }

  private double rate(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return size / (double) MIB / ((System.nanoTime() - start) / 1e9);
  }

  private static double median(List<Double> ratios) {
    return ratios.stream().sorted().toList().get(ratios.size() / 2);
  }

  private void write() throws IOException {
    Path file = folder.resolve("plain");
    try (OutputStream out = Files.newOutputStream(file)) {
      send(out, size);
    }
    flush(file);
    Files.delete(file);
  }

  /// Waits until the disk has a file.
  private static void flush(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private void flushObject() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".data")).toList()) {
        flush(file);
      }
    }
  }

  private static void send(OutputStream out, long count) throws IOException {
    for (long left = count; left > 0; left -= BUFFER.length) {
      out.write(BUFFER, 0, (int) Math.min(left, BUFFER.length));
    }
  }

  private void upload(long step) throws Exception {
    String objects = "http://" + address + "/upload/storage/v1/b/" + StorageMain.BUCKET + "/o";
    HttpRequest begin =
        HttpRequest.newBuilder(URI.create(objects + "?uploadType=resumable&name=large"))
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    HttpResponse<Void> begun = http.send(begin, HttpResponse.BodyHandlers.discarding());
    URI session = URI.create(begun.headers().firstValue("Location").orElseThrow());
    try (var socket = new Socket(session.getHost(), session.getPort())) {
      for (long from = 0; from < size; from += step) {
        long to = Math.min(size, from + step);
        socket.getOutputStream().write(head(session, from, to));
        send(socket.getOutputStream(), to - from);
        int status = status(socket);
        if (status != (to == size ? 200 : 308)) {
          throw new IOException("The server answered " + status);
        }
      }
    }
    flushObject();
    URI object =
        URI.create("http://" + address + "/storage/v1/b/" + StorageMain.BUCKET + "/o/large");
    http.send(
        HttpRequest.newBuilder(object).DELETE().build(), HttpResponse.BodyHandlers.discarding());
  }

  private byte[] head(URI session, long from, long to) {
    return """
    PUT %s?%s HTTP/1.1\r
    Host: %s\r
    Content-Range: bytes %d-%d/%d\r
    Content-Length: %d\r
    \r
    """
        .formatted(
            session.getRawPath(), session.getRawQuery(), address, from, to - 1, size, to - from)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /// Reads an answer; its body is short.
  private static int status(Socket socket) throws IOException {
    var answer = new StringBuilder();
    var part = new byte[8_192];
    while (answer.indexOf("\r\n\r\n") < 0) {
      int read = socket.getInputStream().read(part);
      if (read < 0) {
        throw new IOException("The server hung up");
      }
      answer.append(new String(part, 0, read, StandardCharsets.ISO_8859_1));
    }
    return Integer.parseInt(answer.substring(9, 12));
  }

  /// What the server kept resident at most, in MiB; 0 where this machine does not say.
  private static long peak(Process server) throws IOException {
    Path status = Path.of("/proc", Long.toString(server.pid()), "status");
    return Files.isReadable(status)
        ? Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_024)
            .findFirst()
            .orElse(0)
        : 0;
  }
}
