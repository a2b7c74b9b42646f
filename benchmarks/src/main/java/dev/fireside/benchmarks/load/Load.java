package dev.fireside.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// Calls a server over a number of connections, each as fast as it answers. One thread serves them
/// all: the load shares its machine with what it measures, and must not be what is measured.
public final class Load {
  private static final int BUFFER_BYTES = 256 * 1024;
  private static final int OK = 200;

  /// How long the server may say nothing on any connection.
  private static final int SILENCE_MILLIS_MAX = 30_000;

  private final URI base;
  private final int connections;

  public Load(URI base, int connections) {
    this.base = base;
    this.connections = connections;
  }

  /// What is asked for.
  public interface Requests {
    /// The next request of a connection; null for none any more.
    byte @Nullable [] next(int connection);
  }

  /// Sends requests until there are none any more. Throws [IllegalStateException] where the server
  /// does not answer at all.
  public Measurement run(Requests requests) {
    try (Selector selector = Selector.open()) {
      var running = new Running(selector, requests);
      long start = System.nanoTime();
      try {
        running.run();
      } finally {
        running.close();
      }
      return running.measurement((System.nanoTime() - start) / 1e9);
    } catch (IOException e) {
      throw new IllegalStateException("The load failed: " + e.getMessage(), e);
    }
  }

  /// One connection, and the request that it waits for.
  private static final class Lane {
    private final int number;
    private AnswerParser parser = new AnswerParser(false);
    private @Nullable SocketChannel channel;
    private long sentNanos;

    Lane(int number) {
      this.number = number;
    }
  }

  private final class Running {
    private final Selector selector;
    private final Requests requests;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Latencies latencies = new Latencies();
    private int open;
    private long errors;
    private long bytes;

    Running(Selector selector, Requests requests) {
      this.selector = selector;
      this.requests = requests;
    }

    void run() throws IOException {
      for (int i = 0; i < connections; i++) {
        open++;
        send(new Lane(i));
      }
      while (open > 0) {
        if (selector.select(key -> answered((Lane) key.attachment()), SILENCE_MILLIS_MAX) == 0) {
          throw new IOException("No answer for " + SILENCE_MILLIS_MAX + " ms");
        }
      }
    }

    private void send(Lane lane) {
      byte[] request = requests.next(lane.number);
      if (request == null) {
        open--;
        close(lane);
        return;
      }
      lane.sentNanos = System.nanoTime();
      try {
        SocketChannel channel = lane.channel == null ? connect(lane) : lane.channel;
        ByteBuffer rest = ByteBuffer.wrap(request);
        while (rest.hasRemaining()) {
          // Requests are small: they fit what the system keeps for a connection.
          channel.write(rest);
        }
      } catch (IOException e) {
        throw new IllegalStateException("The server at " + base + " cannot be reached", e);
      }
    }

    private SocketChannel connect(Lane lane) throws IOException {
      SocketChannel channel = SocketChannel.open(HttpConnection.address(base));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, lane);
      lane.channel = channel;
      lane.parser = new AnswerParser(false);
      return channel;
    }

    private void answered(Lane lane) {
      try {
        if (read(lane)) {
          if (lane.parser.status() == OK) {
            latencies.add(System.nanoTime() - lane.sentNanos);
            bytes += lane.parser.bytes();
          } else {
            errors++;
          }
          if (lane.parser.isClosing()) {
            close(lane);
          }
          send(lane);
        }
      } catch (IOException e) {
        errors++;
        close(lane);
        send(lane);
      }
    }

    private boolean read(Lane lane) throws IOException {
      SocketChannel channel = lane.channel;
      if (channel == null) {
        return false;
      }
      buffer.clear();
      if (channel.read(buffer) < 0) {
        throw new EOFException("The server closed the connection");
      }
      return lane.parser.read(buffer.flip());
    }

    private void close(Lane lane) {
      SocketChannel channel = lane.channel;
      lane.channel = null;
      if (channel != null) {
        try {
          channel.close();
        } catch (IOException e) {
          // It is of no more use either way.
        }
      }
    }

    void close() {
      selector.keys().forEach(key -> close((Lane) key.attachment()));
    }

    Measurement measurement(double seconds) {
      return new Measurement(latencies, errors, bytes, seconds);
    }
  }
}
