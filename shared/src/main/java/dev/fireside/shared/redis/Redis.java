package dev.fireside.shared.redis;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.load.Errand;
import dev.fireside.shared.load.Limiter;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.util.Pool;
import redis.clients.jedis.util.PrefixedKeyArgumentPreProcessor;

/// One client for a Redis node or a Redis Cluster.
///
/// Every call counts one round trip (meter `redis.round.trips`) and passes a circuit breaker: after
/// repeated failures calls fail at once with [RedisUnavailableException] for [#OPEN_FOR], so that a
/// dead Redis costs requests microseconds, not time-outs. Before that it is one of so many calls at
/// once ([Limiter]): a Redis with too much to do is not one that is away, and nobody goes to
/// Firestore instead.
public final class Redis implements AutoCloseable {
  /// How long the breaker stays open before it lets one call try again.
  public static final Duration OPEN_FOR = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(Redis.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);

  /// A request waits no longer than this for its turn: a call takes a millisecond.
  private static final Duration WAIT_MAX = Duration.ofSeconds(1);

  /// Shared trips under way at once. Few, so that others gather; more than one, so that the server
  /// works on one while the answers of another are read.
  private static final int LANES = 4;

  private static final int CLUSTER_ATTEMPTS = 3;
  private static final int BREAKER_WINDOW_CALLS = 10;

  private static final int SCAN_COUNT = 500;

  /// Without memory for another write a server still answers reads.
  private static final String FULL = "OOM";

  /// Answers by which a server that can be reached says that it cannot work at the moment.
  private static final Set<String> OUT_OF_SERVICE =
      Set.of("LOADING", "CLUSTERDOWN", "MASTERDOWN", "READONLY", "TRYAGAIN", "BUSY", FULL);

  private final Supplier<UnifiedJedis> connecting;
  private final boolean cluster;
  private final String keyPrefix;
  private final Limiter limiter;
  private final CircuitBreaker breaker;
  private final Counter roundTrips;
  private final SharedTrips trips = new SharedTrips(LANES, this::pipelined);
  private final @Nullable TrackedTrips tracked;
  private volatile @Nullable UnifiedJedis connected;

  private Redis(
      Supplier<UnifiedJedis> connecting,
      @Nullable TrackedTrips tracked,
      boolean cluster,
      String keyPrefix,
      Limiter limiter,
      MeterRegistry meters) {
    this.connecting = connecting;
    this.tracked = tracked;
    this.limiter = limiter;
    this.cluster = cluster;
    this.keyPrefix = keyPrefix;
    this.roundTrips = meters.counter("redis.round.trips");
    this.breaker =
        CircuitBreaker.of(
            "redis",
            CircuitBreakerConfig.custom()
                .slidingWindowSize(BREAKER_WINDOW_CALLS)
                .minimumNumberOfCalls(BREAKER_WINDOW_CALLS / 2)
                .failureRateThreshold(50)
                .waitDurationInOpenState(OPEN_FOR)
                .permittedNumberOfCallsInHalfOpenState(1)
                .recordException(
                    e -> isOutage(e) && !String.valueOf(e.getMessage()).startsWith(FULL))
                .build());
    breaker
        .getEventPublisher()
        .onStateTransition(
            event -> log.warn("Redis circuit breaker: {}", event.getStateTransition()));
  }

  /// A client for the node or cluster that `config` names. Connects on first use, so that a process
  /// can start while Redis is away.
  public static Redis connect(Config config, MeterRegistry meters) {
    URI first = config.redis().getFirst();
    // Said, so that no connection is opened to ask for it.
    JedisClientConfig client = clientConfig(first, RedisProtocol.RESP2);
    var pool = new GenericObjectPoolConfig<Connection>();
    int calls = config.load().redisCalls();
    // One for each call that may be under way: who waits, waits for the limiter. A pool that has
    // none left looks like a Redis that is away, and all would go to Firestore.
    int connections = calls + Limiter.events(calls);
    pool.setMaxTotal(connections);
    pool.setMaxIdle(connections);
    pool.setMaxWait(ANSWER_TIMEOUT);
    // Nobody looks there, and the first bean to be registered makes those of the whole JVM.
    pool.setJmxEnabled(false);
    Supplier<UnifiedJedis> connecting =
        config.redisCluster()
            ? () ->
                RedisClusterClient.builder()
                    .nodes(nodes(config))
                    .clientConfig(client)
                    .maxAttempts(CLUSTER_ATTEMPTS)
                    .poolConfig(pool)
                    .build()
            : () ->
                RedisClient.builder()
                    .hostAndPort(first.getHost(), port(first))
                    .clientConfig(client)
                    .poolConfig(pool)
                    .build();
    // The nodes of a cluster report changes each by itself.
    TrackedTrips tracked =
        config.redisCluster()
            ? null
            : new TrackedTrips(
                new HostAndPort(first.getHost(), port(first)),
                clientConfig(first, RedisProtocol.RESP3),
                config.redisKeyPrefix());
    return new Redis(
        connecting,
        tracked,
        config.redisCluster(),
        config.redisKeyPrefix(),
        new Limiter("redis", calls, WAIT_MAX, meters),
        meters);
  }

  private static JedisClientConfig clientConfig(URI uri, RedisProtocol protocol) {
    return DefaultJedisClientConfig.builder()
        .protocol(protocol)
        .connectionTimeoutMillis((int) CONNECT_TIMEOUT.toMillis())
        .socketTimeoutMillis((int) ANSWER_TIMEOUT.toMillis())
        .sslOptions("rediss".equals(uri.getScheme()) ? SslOptions.defaults() : null)
        .user(user(uri))
        .password(password(uri))
        .build();
  }

  /// Opens a connection, which the first call would do otherwise.
  public void connect() {
    call(client -> client.exists("connected"));
  }

  private static Set<HostAndPort> nodes(Config config) {
    return config.redis().stream()
        .map(uri -> new HostAndPort(uri.getHost(), port(uri)))
        .collect(Collectors.toSet());
  }

  /// Runs one command. Throws [RedisUnavailableException] while Redis is away.
  @CanIgnoreReturnValue
  public <T extends @Nullable Object> T call(Function<UnifiedJedis, T> command) {
    return guarded(() -> command.apply(client()));
  }

  /// Runs one command, or answers with `fallback` while Redis is away.
  @CanIgnoreReturnValue
  public <T extends @Nullable Object> T callOr(T fallback, Function<UnifiedJedis, T> command) {
    try {
      return call(command);
    } catch (RedisUnavailableException e) {
      return fallback;
    }
  }

  /// Sends many commands in one round trip; responses can be read when this returns. A response may
  /// still throw, where the server refused its command.
  public void pipeline(Consumer<AbstractPipeline> commands) {
    guarded(() -> {
      try (AbstractPipeline pipeline = pipelined()) {
        commands.accept(pipeline);
        pipeline.sync();
      }
      return true;
    });
  }

  /// The same for a few small commands, which may travel with those of other threads. Trips are few
  /// at once by themselves, so that who travels takes no call of [Limiter].
  ///
  /// @param report whether to have changes reported of what is read
  /// @return whether they are: not every server does that
  boolean send(Consumer<AbstractPipeline> commands, boolean report) {
    if (cluster) {
      pipeline(commands);
      return false;
    }
    Errand.current().check();
    return underBreaker(() -> {
      if (report && tracked != null && tracked.run(commands)) {
        return true;
      }
      trips.run(commands);
      return false;
    });
  }

  /// Brings [dev.fireside.shared.load.Evidence] up to date with what the server has reported by
  /// now, without asking it: what holds then may not hold any more once a tracked batch has run.
  public void takeReports() {
    if (tracked != null) {
      tracked.takeReports();
    }
  }

  private AbstractPipeline pipelined() {
    return client() instanceof RedisClusterClient cluster
        ? new ClusterBatch(cluster, keyPrefix)
        : client().pipelined();
  }

  boolean isCluster() {
    return cluster;
  }

  /// A batch that several stores fill and one round trip sends.
  public Batch batch() {
    return new Batch(this);
  }

  /// Runs a script by its hash, loading it where the server does not know it yet.
  ///
  /// @return what the script returned: a Long, String, List or null
  @CanIgnoreReturnValue
  public @Nullable Object run(Script script, List<String> keys, List<String> arguments) {
    return call(client -> {
      try {
        return client.evalsha(script.sha(), keys, arguments);
      } catch (JedisNoScriptException e) {
        return client.eval(script.source(), keys, arguments);
      }
    });
  }

  /// Deletes every key that starts with `prefix`. Walks the whole key space, on all nodes. Throws
  /// [RedisUnavailableException] while Redis is away.
  public void unlinkPrefix(String prefix) {
    // Jedis puts the process's own prefix before keys, not before patterns or what a scan finds.
    String pattern = literal(keyPrefix + prefix) + "*";
    var scan = call(client -> client.scanIteration(SCAN_COUNT, pattern));
    while (!scan.isIterationCompleted()) {
      List<String> found = call(client -> scan.nextBatch().getResult());
      if (!found.isEmpty()) {
        pipeline(
            pipeline -> found.forEach(key -> pipeline.unlink(key.substring(keyPrefix.length()))));
      }
    }
  }

  /// A text as a pattern that matches only itself.
  private static String literal(String text) {
    return text.replaceAll("[\\\\*?\\[\\]]", "\\\\$0");
  }

  /// The Jedis client itself, for libraries that need one. Its calls are neither counted nor
  /// guarded.
  public UnifiedJedis client() {
    UnifiedJedis client = connected;
    if (client == null) {
      synchronized (this) {
        client = connected;
        if (client == null) {
          client = connecting.get();
          if (!keyPrefix.isEmpty()) {
            client.setKeyArgumentPreProcessor(new PrefixedKeyArgumentPreProcessor(keyPrefix));
          }
          connected = client;
        }
      }
    }
    return client;
  }

  /// Whether calls are let through at the moment.
  public boolean isAvailable() {
    return breaker.getState() != CircuitBreaker.State.OPEN;
  }

  /// Runs `work` as one of so many at once, under the circuit breaker, and counts one round trip.
  <T extends @Nullable Object> T guarded(Supplier<T> work) {
    try (Limiter.Permit _ = limiter.acquire()) {
      return underBreaker(work);
    }
  }

  /// Runs `work` under the circuit breaker, and counts one round trip.
  @CanIgnoreReturnValue
  private <T extends @Nullable Object> T underBreaker(Supplier<T> work) {
    try {
      return breaker.executeSupplier(() -> {
        roundTrips.increment();
        return work.get();
      });
    } catch (CallNotPermittedException e) {
      throw new RedisUnavailableException(e);
    } catch (RuntimeException e) {
      if (isOutage(e)) {
        dropIdleConnections();
        throw new RedisUnavailableException(e);
      }
      throw e;
    }
  }

  /// Idle connections to a server that went away are dead: the next call should open a new one.
  private void dropIdleConnections() {
    switch (connected) {
      case RedisClient single -> single.getPool().clear();
      case RedisClusterClient cluster -> {
        cluster.getClusterNodes().values().forEach(Pool::clear);
        try {
          // Another node may have taken over.
          cluster.refreshClusterTopology();
        } catch (JedisException e) {
          log.debug("No node of the cluster reports who holds which slots", e);
        }
      }
      case null, default -> {}
    }
  }

  /// Whether a failure says that Redis is away, and not that the command was wrong.
  static boolean isOutage(Throwable e) {
    if (e instanceof JedisDataException) {
      String answer = String.valueOf(e.getMessage());
      int space = answer.indexOf(' ');
      return OUT_OF_SERVICE.contains(space < 0 ? answer : answer.substring(0, space));
    }
    // A pool that cannot open a connection says so with a JedisException around the cause.
    return e instanceof JedisConnectionException
        || e instanceof JedisClusterOperationException
        || e.getCause() instanceof JedisConnectionException
        || e.getCause() instanceof NoSuchElementException;
  }

  private static int port(URI uri) {
    return uri.getPort() == -1 ? 6379 : uri.getPort();
  }

  private static @Nullable String user(URI uri) {
    String info = uri.getUserInfo();
    return info == null || info.startsWith(":") ? null : info.split(":", 2)[0];
  }

  private static @Nullable String password(URI uri) {
    String info = uri.getUserInfo();
    return info == null || !info.contains(":") ? null : info.split(":", 2)[1];
  }

  @Override
  public synchronized void close() {
    UnifiedJedis client = connected;
    if (client != null) {
      client.close();
    }
    if (tracked != null) {
      tracked.close();
    }
  }
}
