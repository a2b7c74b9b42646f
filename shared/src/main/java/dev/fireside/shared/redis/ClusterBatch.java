package dev.fireside.shared.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.ClusterCommandObjects;
import redis.clients.jedis.ClusterPipeline;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;
import redis.clients.jedis.util.PrefixedKeyArgumentPreProcessor;

/// A pipeline over the nodes of a cluster.
///
/// Jedis' own loses two things: it only logs that a node did not answer, and it does not follow a
/// slot that has moved. Here the first is an exception, and what was sent to the wrong node is sent
/// again alone, which also teaches the client where the slot is now.
final class ClusterBatch extends AbstractPipeline {
  private static final ExecutorService NODES = Executors.newVirtualThreadPerTaskExecutor();

  private final RedisClusterClient cluster;
  private final List<Sent<?>> waiting = new ArrayList<>();

  ClusterBatch(RedisClusterClient cluster, String keyPrefix) {
    super(new ClusterCommandObjects(RedisProtocol.RESP2));
    this.cluster = cluster;
    if (!keyPrefix.isEmpty()) {
      commandObjects.setKeyArgumentPreProcessor(new PrefixedKeyArgumentPreProcessor(keyPrefix));
    }
  }

  @Override
  protected <T> Response<T> appendCommand(CommandObject<T> command) {
    var sent = new Sent<>(command);
    waiting.add(sent);
    return sent;
  }

  @Override
  public void sync() {
    List<Sent<?>> sending = List.copyOf(waiting);
    waiting.clear();
    if (sending.isEmpty()) {
      return;
    }
    try (ClusterPipeline pipeline = cluster.pipelined(NODES)) {
      sending.forEach(sent -> sent.send(pipeline));
    }
    sending.forEach(sent -> sent.settle(cluster));
  }

  @Override
  public void close() {
    sync();
  }

  /// A command and what became of it.
  private static final class Sent<T> extends Response<T> {
    private final CommandObject<T> command;
    private @Nullable Response<T> first;
    private @Nullable Response<T> settled;

    Sent(CommandObject<T> command) {
      super(command.getBuilder());
      this.command = command;
    }

    void send(ClusterPipeline pipeline) {
      first = pipeline.executeCommand(command);
    }

    void settle(RedisClusterClient cluster) {
      try {
        settled = Response.of(value(cluster));
      } catch (JedisDataException e) {
        settled = Response.error(e);
      }
    }

    private T value(RedisClusterClient cluster) {
      if (first == null) {
        throw new IllegalStateException("Not sent");
      }
      try {
        return first.get();
      } catch (JedisRedirectionException e) {
        return cluster.executeCommand(command);
      } catch (IllegalStateException e) {
        throw new JedisConnectionException("A node of the cluster did not answer", e);
      }
    }

    @Override
    public T get() {
      if (settled == null) {
        throw new IllegalStateException("Read before the commands were sent");
      }
      return settled.get();
    }
  }
}
