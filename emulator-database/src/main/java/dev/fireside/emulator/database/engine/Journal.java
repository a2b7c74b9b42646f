package dev.fireside.emulator.database.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fireside.emulator.database.tree.Json;
import dev.fireside.emulator.database.tree.Node;
import dev.fireside.emulator.database.tree.NodeReader;
import dev.fireside.emulator.database.tree.Write;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// What is kept of a database: `NAME.json`, all data at some time, and `NAME.log`, the writes
/// since, one a line. It survives the end of the process at any moment: a write that was answered
/// is there, and a line that was cut short is dropped. For one thread.
public final class Journal implements AutoCloseable {
  /// When the log has grown to this and to twice the data, it begins anew; bytes.
  private static final long LOG_MAX = 16L << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path snapshot;
  private final Path log;
  private Node root;
  private FileChannel out;
  private long snapshotSize;

  private Journal(Path directory, String namespace) throws IOException {
    Files.createDirectories(directory);
    this.snapshot = directory.resolve(namespace + ".json");
    this.log = directory.resolve(namespace + ".log");
    this.root = read();
    this.out = replay();
  }

  /// Opens what is kept, or begins. Throws [UncheckedIOException] where files cannot be read.
  public static Journal open(Path directory, String namespace) {
    try {
      return new Journal(directory, namespace);
    } catch (IOException e) {
      throw new UncheckedIOException("What is kept of " + namespace + " cannot be read", e);
    }
  }

  /// All data that was kept.
  public Node root() {
    return root;
  }

  private Node read() throws IOException {
    if (!Files.exists(snapshot)) {
      return Node.empty();
    }
    snapshotSize = Files.size(snapshot);
    JsonNode json = JSON.readTree(snapshot.toFile());
    return new NodeReader(0)
        .read(json, dev.fireside.emulator.database.tree.Path.ROOT, Node.empty());
  }

  /// Repeats the writes of the log: those that the snapshot has already, it has as their last.
  private FileChannel replay() throws IOException {
    long whole = 0;
    try (var lines = new RandomAccessFile(log.toFile(), "rw")) {
      byte[] all = new byte[(int) Math.min(lines.length(), Integer.MAX_VALUE - 8)];
      lines.readFully(all);
      for (int start = 0; start < all.length; ) {
        int end = start;
        while (end < all.length && all[end] != '\n') {
          end++;
        }
        if (end == all.length || !repeat(all, start, end)) {
          break;
        }
        start = end + 1;
        whole = start;
      }
    }
    FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE);
    channel.truncate(whole);
    channel.position(whole);
    return channel;
  }

  private boolean repeat(byte[] lines, int start, int end) {
    try {
      JsonNode write = JSON.readTree(lines, start, end - start);
      root = Write.merge(dev.fireside.emulator.database.tree.Path.ROOT, write, root, 0).apply(root);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// Keeps a write, which makes `after` of the data.
  void append(Write write, Node after) throws IOException {
    String line = write.mergeAt(dev.fireside.emulator.database.tree.Path.ROOT) + "\n";
    write(out, line);
    root = after;
    if (out.position() > Math.max(LOG_MAX, 2 * snapshotSize)) {
      compact();
    }
  }

  private void compact() throws IOException {
    Path fresh = snapshot.resolveSibling(snapshot.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      write(channel, Json.text(root, Json.Format.EXPORT));
      channel.force(true);
      snapshotSize = channel.position();
    }
    Files.move(
        fresh, snapshot, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    // A crash in between repeats the log over data that has its writes: each says what stands.
    out.truncate(0);
    out.position(0);
  }

  private static void write(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /// What a file has that holds a database's data as JSON, as an export of Firebase does.
  public static JsonNode parse(Path file) throws IOException {
    try {
      return JSON.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      out.force(true);
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
