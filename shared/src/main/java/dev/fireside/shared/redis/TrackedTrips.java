package dev.fireside.shared.redis;

import dev.fireside.shared.load.Evidence;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.PushConsumerContext;
import redis.clients.jedis.PushMessageTypes;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/// Trips over the one connection on which the server reports which of the keys that were read there
/// have changed since (<https://redis.io/docs/latest/develop/reference/client-side-caching/>).
///
/// A report stands in the stream of answers where the change happened: who has read an answer has
/// read all changes before it. Hence one connection, and trips one after the other. A key has a
/// place among [#PLACES], and the mark there moves with each report; a lost connection is a new
/// generation.
final class TrackedTrips implements Evidence.Marks, AutoCloseable {
  /// Of 1,000 changes a second, 60 keys see one of a stranger every 17 s.
  private static final int PLACES = 1 << 20;

  private static final Logger log = LoggerFactory.getLogger(TrackedTrips.class);

  private final HostAndPort address;
  private final JedisClientConfig client;
  private final String keyPrefix;
  private final SharedTrips trips = new SharedTrips(1, this::pipelined);

  /// Made with the connection: most processes never open it.
  private volatile AtomicIntegerArray marks = new AtomicIntegerArray(0);

  private final AtomicInteger generation = new AtomicInteger();
  private volatile boolean refused;
  private volatile @Nullable Reporting connection;

  /// @param client with RESP3, in which reports come between answers
  TrackedTrips(HostAndPort address, JedisClientConfig client, String keyPrefix) {
    this.address = address;
    this.client = client;
    this.keyPrefix = keyPrefix;
  }

  /// Sends commands and returns once they are answered. Throws what the trip failed with.
  ///
  /// @return false where the server reports no changes: then nothing was sent
  boolean run(Consumer<AbstractPipeline> commands) {
    if (refused) {
      return false;
    }
    try {
      trips.run(commands);
      return true;
    } catch (RefusedException e) {
      return false;
    }
  }

  /// Takes the reports that have come since the last trip, without waiting for any.
  void takeReports() {
    trips.ifFree(() -> {
      Reporting known = connection;
      try {
        if (known != null) {
          known.takeReports();
        }
      } catch (JedisConnectionException e) {
        // The next trip says so.
        drop();
      }
    });
  }

  @Override
  public int at(int place) {
    return marks.get(place);
  }

  @Override
  public int generation() {
    return generation.get();
  }

  /// Where a key has its mark.
  static int place(Object key) {
    byte[] bytes =
        switch (key) {
          case byte[] raw -> raw;
          case Rawable raw -> raw.getRaw();
          default -> key.toString().getBytes(StandardCharsets.UTF_8);
        };
    int hash = Arrays.hashCode(bytes) * 0x9E3779B9;
    return (hash ^ (hash >>> 15)) & (PLACES - 1);
  }

  private synchronized AbstractPipeline pipelined() {
    Reporting known = connection;
    if (known == null) {
      known = connect();
      connection = known;
    }
    return new TrackedPipeline(this, known, keyPrefix);
  }

  private Reporting connect() {
    if (marks.length() == 0) {
      marks = new AtomicIntegerArray(PLACES);
    }
    var opened = new Reporting(address, client);
    try {
      opened.start();
      return opened;
    } catch (JedisDataException e) {
      opened.close();
      if (Redis.isOutage(e)) {
        throw e;
      }
      refused = true;
      log.warn("Redis reports no changes: nothing is kept in this process", e);
      throw new RefusedException(e);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /// Ends a connection whose answers went astray.
  synchronized void drop() {
    generation.incrementAndGet();
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  @Override
  public synchronized void close() {
    drop();
  }

  private void onReport(List<Object> report) {
    // `invalidate`, and which keys; null for all, as after FLUSHALL.
    if (report.get(1) instanceof List<?> keys) {
      keys.forEach(key -> marks.incrementAndGet(place(key)));
    } else {
      generation.incrementAndGet();
    }
  }

  /// The server does not report changes.
  private static final class RefusedException extends JedisDataException {
    private static final long serialVersionUID = 1L;

    RefusedException(JedisDataException cause) {
      super(cause);
    }
  }

  /// A connection on which the server reports changes.
  final class Reporting extends Connection {
    private boolean started;

    Reporting(HostAndPort address, JedisClientConfig client) {
      super(address, client);
    }

    void start() {
      addPushConsumer(this::take);
      sendCommand(Protocol.Command.CLIENT, "TRACKING", "ON");
      getStatusCodeReply();
      started = true;
    }

    /// Once only: the next connection would report nothing.
    @Override
    public void connect() {
      if (started && !isConnected()) {
        throw new JedisConnectionException("The connection was lost");
      }
      super.connect();
    }

    private PushConsumerContext take(PushConsumerContext push) {
      if (Arrays.equals(push.getMessage().getType(), PushMessageTypes.INVALIDATE_BYTES)) {
        onReport(push.getMessage().getContent());
        push.drop();
      }
      return push;
    }

    /// Sends what is waiting to be sent.
    void send() {
      flush();
    }

    void takeReports() {
      readPushesWithCheckingBroken();
    }

    /// The next answer, all reports before it taken; an error of the server is one too.
    Object next() {
      try {
        return getUnflushedObject();
      } catch (JedisDataException e) {
        return e;
      }
    }
  }
}
