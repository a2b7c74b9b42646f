package dev.fireside.shared.redis;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.shared.config.Config;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.util.PrefixedKeyArgumentPreProcessor;

/// One client for a Redis node or a Redis Cluster.
///
/// Every call counts one round trip (meter `redis.round.trips`) and passes a circuit breaker: after
/// repeated failures calls fail at once with [RedisUnavailableException] for [#OPEN_FOR], so that a
/// dead Redis costs requests microseconds, not time-outs.
public final class Redis implements AutoCloseable {
  /// How long the breaker stays open before it lets a call try again.
  public static final Duration OPEN_FOR = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(Redis.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);
  private static final int CONNECTIONS_MAX = 32;
  private static final int CLUSTER_ATTEMPTS = 3;
  private static final int BREAKER_WINDOW_CALLS = 10;

  private static final int SCAN_COUNT = 500;

  private final UnifiedJedis jedis;
  private final String keyPrefix;
  private final CircuitBreaker breaker;
  private final Counter roundTrips;

  private Redis(UnifiedJedis jedis, String keyPrefix, MeterRegistry meters) {
    this.jedis = jedis;
    this.keyPrefix = keyPrefix;
    if (!keyPrefix.isEmpty()) {
      jedis.setKeyArgumentPreProcessor(new PrefixedKeyArgumentPreProcessor(keyPrefix));
    }
    this.roundTrips = meters.counter("redis.round.trips");
    this.breaker =
        CircuitBreaker.of(
            "redis",
            CircuitBreakerConfig.custom()
                .slidingWindowSize(BREAKER_WINDOW_CALLS)
                .minimumNumberOfCalls(BREAKER_WINDOW_CALLS / 2)
                .failureRateThreshold(50)
                .waitDurationInOpenState(OPEN_FOR)
                .permittedNumberOfCallsInHalfOpenState(2)
                .recordException(Redis::isOutage)
                .build());
    breaker
        .getEventPublisher()
        .onStateTransition(
            event -> log.warn("Redis circuit breaker: {}", event.getStateTransition()));
  }

  /// A client for the node or cluster that `config` names. Connects on first use.
  public static Redis connect(Config config, MeterRegistry meters) {
    URI first = config.redis().getFirst();
    var client =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis((int) CONNECT_TIMEOUT.toMillis())
            .socketTimeoutMillis((int) ANSWER_TIMEOUT.toMillis())
            .sslOptions("rediss".equals(first.getScheme()) ? SslOptions.defaults() : null)
            .user(user(first))
            .password(password(first))
            .build();
    var pool = new GenericObjectPoolConfig<Connection>();
    pool.setMaxTotal(CONNECTIONS_MAX);
    pool.setMaxIdle(CONNECTIONS_MAX);
    pool.setMaxWait(ANSWER_TIMEOUT);
    if (config.redisCluster()) {
      Set<HostAndPort> nodes = new HashSet<>();
      config.redis().forEach(uri -> nodes.add(new HostAndPort(uri.getHost(), port(uri))));
      return new Redis(
          RedisClusterClient.builder()
              .nodes(nodes)
              .clientConfig(client)
              .maxAttempts(CLUSTER_ATTEMPTS)
              .poolConfig(pool)
              .build(),
          config.redisKeyPrefix(),
          meters);
    }
    return new Redis(
        RedisClient.builder()
            .hostAndPort(first.getHost(), port(first))
            .clientConfig(client)
            .poolConfig(pool)
            .build(),
        config.redisKeyPrefix(),
        meters);
  }

  /// Runs one command. Throws [RedisUnavailableException] while Redis is away.
  @CanIgnoreReturnValue
  public <T extends @Nullable Object> T call(Function<UnifiedJedis, T> command) {
    return guarded(() -> command.apply(jedis));
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

  /// Sends many commands in one round trip; responses can be read when this returns.
  public void pipeline(Consumer<AbstractPipeline> commands) {
    guarded(() -> {
      try (AbstractPipeline pipeline = jedis.pipelined()) {
        commands.accept(pipeline);
        pipeline.sync();
      }
      return true;
    });
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

  /// Deletes every key that starts with `prefix`. Walks the whole key space, on all nodes.
  public void unlinkPrefix(String prefix) {
    call(client -> {
      // Jedis puts the process's own prefix before keys, not before patterns or what a scan finds.
      var scan = client.scanIteration(SCAN_COUNT, keyPrefix + prefix + "*");
      while (!scan.isIterationCompleted()) {
        for (String key : scan.nextBatch().getResult()) {
          client.unlink(key.substring(keyPrefix.length()));
        }
      }
      return null;
    });
  }

  /// The Jedis client itself, for libraries that need one. Its calls are neither counted nor
  /// guarded.
  public UnifiedJedis client() {
    return jedis;
  }

  /// Whether calls are let through at the moment.
  public boolean isAvailable() {
    return breaker.getState() != CircuitBreaker.State.OPEN;
  }

  /// Runs `work` under the circuit breaker and counts one round trip.
  <T extends @Nullable Object> T guarded(Supplier<T> work) {
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
    if (jedis instanceof RedisClient single) {
      single.getPool().clear();
    }
  }

  private static boolean isOutage(Throwable e) {
    // A pool that cannot open a connection says so with a JedisException around the cause.
    return e instanceof JedisConnectionException
        || e instanceof JedisClusterOperationException
        || e.getCause() instanceof JedisConnectionException
        || e.getCause() instanceof java.util.NoSuchElementException;
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
  public void close() {
    jedis.close();
  }
}
