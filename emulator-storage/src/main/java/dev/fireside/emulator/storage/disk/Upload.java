package dev.fireside.emulator.storage.disk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A resumable upload: bytes come in order, in as many requests as it takes.
///
/// Of a request that is not the last one, what is beyond a multiple of [#MULTIPLE] is not kept, and
/// has to be sent again; so it is where a connection breaks.
public final class Upload {
  /// What all chunks but the last are multiples of, in bytes.
  public static final int MULTIPLE = 256 * 1024;

  /// What is known of an upload, as its file holds it.
  ///
  /// @param size how many bytes there will be; null where the client has not said
  /// @param note what the interface keeps with it
  /// @param finished the generation that it became; null before
  record State(
      String id,
      String bucket,
      String object,
      Attributes attributes,
      Conditions conditions,
      Expected expected,
      @Nullable Long size,
      String note,
      Instant expiresAt,
      @Nullable Long finished) {
    State finishedAs(long generation) {
      return new State(
          id, bucket, object, attributes, conditions, expected, size, note, expiresAt, generation);
    }
  }

  /// Bytes that a request brings.
  ///
  /// @param from where they belong
  /// @param size how many bytes the object will have in all; null where the request does not say
  /// @param last whether the request ends the upload, whatever was said of the size
  /// @param expected the checksums of the whole, where the request says them
  public record Chunk(
      long from, @Nullable Long size, boolean last, InputStream bytes, Expected expected) {}

  private final Bucket bucket;
  private final Path file;
  private final Path stateFile;
  private final Lock lock = new ReentrantLock();
  private State state;
  private @Nullable Checksums sums;
  private long received;
  private int turn;

  Upload(State state, Bucket bucket, Path folder) throws IOException {
    this.state = state;
    this.bucket = bucket;
    this.file = folder.resolve(state.id() + ".data");
    this.stateFile = folder.resolve(state.id() + ".json");
    this.received = Files.exists(file) ? Files.size(file) : 0;
  }

  /// Names it to its client.
  public String id() {
    return state.id();
  }

  public Bucket bucket() {
    return bucket;
  }

  public String object() {
    return state.object();
  }

  public Attributes attributes() {
    return state.attributes();
  }

  /// The object as it would be, as far as its client has said.
  public StoredObject preview() {
    Long size = state.size();
    return new StoredObject(
        bucket.name(),
        object(),
        0,
        1,
        size == null ? 0 : size,
        "",
        state.expected().md5(),
        null,
        Instant.EPOCH,
        Instant.EPOCH,
        null,
        state.attributes());
  }

  /// What the interface keeps with it.
  public String note() {
    return state.note();
  }

  Instant expiresAt() {
    return state.expiresAt();
  }

  /// How many bytes are kept.
  public long received() {
    lock.lock();
    try {
      return received;
    } finally {
      lock.unlock();
    }
  }

  /// The object that it has become; null while bytes are missing, or where that object is gone.
  public @Nullable StoredObject finished() {
    Long generation = state.finished();
    return generation == null ? null : bucket.find(object(), generation).orElse(null);
  }

  public boolean isFinished() {
    return state.finished() != null;
  }

  /// Takes bytes; what is there already is skipped. A request that comes while another one is still
  /// being read ends that one: its connection is mostly dead.
  ///
  /// Throws a 400 [Refusal] for bytes that leave a gap, are more than were announced, or have other
  /// checksums than announced, after which it begins anew; a 412 one where the object is not as was
  /// asked.
  ///
  /// @return the object, once all bytes are there; null before
  public @Nullable StoredObject take(Chunk chunk, Bucket.Guard guard) throws IOException {
    int mine = begin(chunk);
    if (isFinished()) {
      return finished();
    }
    skip(chunk);
    var buffer = new byte[MULTIPLE];
    while (true) {
      int read = chunk.bytes().readNBytes(buffer, 0, MULTIPLE);
      lock.lock();
      try {
        if (turn != mine) {
          throw new Refusal(503, "backendError", "Another request goes on with this upload");
        }
        boolean over = read < MULTIPLE;
        Long size = size(chunk);
        if (size != null && received + read > size) {
          throw Refusal.invalid("There are more bytes than the %d announced".formatted(size));
        }
        boolean complete = size == null ? over && chunk.last() : received + read == size;
        if (read == MULTIPLE || complete) {
          append(buffer, read);
        }
        if (complete) {
          return finish(chunk.expected(), guard);
        }
        if (over) {
          return null;
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private int begin(Chunk chunk) {
    lock.lock();
    try {
      turn++;
      if (!isFinished() && chunk.from() > received) {
        throw Refusal.invalid(
            "The bytes begin at %d, and those from %d on are missing"
                .formatted(chunk.from(), received));
      }
      return turn;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Long size(Chunk chunk) {
    Long announced = state.size();
    Long said = chunk.size();
    if (announced != null && said != null && !announced.equals(said)) {
      throw Refusal.invalid(
          "The upload has %d bytes, not the %d announced".formatted(said, announced));
    }
    return said == null ? announced : said;
  }

  private void skip(Chunk chunk) throws IOException {
    long known = received() - chunk.from();
    chunk.bytes().skipNBytes(Math.max(0, known));
  }

  private void append(byte[] bytes, int length) throws IOException {
    if (sums == null) {
      sums = received == 0 ? new Checksums() : Checksums.of(file);
    }
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      out.write(bytes, 0, length);
    } catch (IOException e) {
      // What a full disk took of it counts as not there.
      sums = null;
      cut();
      throw e;
    }
    sums.add(bytes, length);
    received += length;
  }

  private void cut() throws IOException {
    if (Files.exists(file)) {
      try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
        channel.truncate(received);
      }
    }
  }

  private StoredObject finish(Expected expected, Bucket.Guard guard) throws IOException {
    if (received == 0 && !Files.exists(file)) {
      Files.createFile(file);
    }
    if (sums == null) {
      sums = Checksums.of(file);
    }
    try {
      expected.or(state.expected()).check(sums);
    } catch (Refusal e) {
      Files.delete(file);
      received = 0;
      sums = null;
      throw e;
    }
    StoredObject object =
        bucket.commit(
            state.object(), state.attributes(), file, sums, null, state.conditions(), guard);
    state = state.finishedAs(object.generation());
    JsonFiles.write(stateFile, state);
    return object;
  }

  void erase() throws IOException {
    Files.deleteIfExists(stateFile);
    Files.deleteIfExists(file);
  }
}
