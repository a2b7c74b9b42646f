package dev.fireside.emulator.process;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A Redis Cluster of three masters, to try cluster mode: keys of one command must share a slot.
public final class RedisCluster implements AutoCloseable {
  private static final int MASTERS = 3;
  private static final int SLOTS = 16_384;
  private static final int BUS_OFFSET = 10_000;
  private static final Duration FORM_LIMIT = Duration.ofSeconds(30);
  private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(20);

  private final List<RedisProcess> nodes;

  private RedisCluster(List<RedisProcess> nodes) {
    this.nodes = nodes;
  }

  /// Starts the masters on free ports and returns when each of them serves all slots.
  public static RedisCluster start() {
    RedisCluster cluster = new RedisCluster(new ArrayList<>());
    try {
      for (int i = 0; i < MASTERS; i++) {
        cluster.nodes.add(RedisProcess.start(freePort(), options()));
      }
      cluster.join();
      cluster.awaitFormed();
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw new StartUpException("the Redis cluster cannot be formed: " + e.getMessage(), e);
    }
  }

  // A cluster node has a second port, the bus, 10,000 above the first.
  private static int freePort() {
    return Stream.generate(Ports::free)
        .filter(port -> Ports.isFree(port + BUS_OFFSET))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> options() {
    return List.of(
        "--cluster-enabled", "yes",
        "--cluster-config-file", "nodes.conf",
        "--cluster-node-timeout", "5000",
        "--cluster-announce-ip", Ports.HOST);
  }

  private void join() throws IOException {
    for (int i = 0; i < MASTERS; i++) {
      int port = nodes.get(i).port();
      // Distinct epochs from the start: otherwise the nodes quarrel over them first.
      RedisConnection.ask(port, "CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
      RedisConnection.ask(port, slots(i * SLOTS / MASTERS, (i + 1) * SLOTS / MASTERS));
    }
    // Everybody meets everybody: left to gossip, the second and third take seconds to meet.
    for (RedisProcess node : nodes) {
      for (RedisProcess other : nodes) {
        if (other != node) {
          RedisConnection.ask(
              node.port(), "CLUSTER", "MEET", Ports.HOST, Integer.toString(other.port()));
        }
      }
    }
  }

  // One by one: ADDSLOTSRANGE came with Redis 7.
  private static String[] slots(int from, int to) {
    return Stream.concat(
            Stream.of("CLUSTER", "ADDSLOTS"), IntStream.range(from, to).mapToObj(Integer::toString))
        .toArray(String[]::new);
  }

  private void awaitFormed() throws IOException {
    long deadline = System.nanoTime() + FORM_LIMIT.toNanos();
    for (RedisProcess node : nodes) {
      while (!isFormed(RedisConnection.ask(node.port(), "CLUSTER", "INFO"))) {
        if (System.nanoTime() > deadline) {
          throw new StartUpException("not formed after " + FORM_LIMIT.toSeconds() + " s");
        }
        LockSupport.parkNanos(POLL_NS);
      }
    }
  }

  private static boolean isFormed(String info) {
    List<String> lines = info.lines().toList();
    return lines.contains("cluster_state:ok")
        && lines.contains("cluster_slots_ok:" + SLOTS)
        && lines.contains("cluster_known_nodes:" + MASTERS);
  }

  /// The masters in slot order; each can be killed to see what a client does then.
  public List<RedisProcess> nodes() {
    return List.copyOf(nodes);
  }

  /// Where a client can start to discover the cluster.
  public URI uri() {
    return nodes.getFirst().uri();
  }

  @Override
  public void close() {
    nodes.forEach(RedisProcess::close);
  }
}
