package dev.fireside.emulator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.exceptions.JedisException;

class RedisClusterIT {
  @Test
  void servesAllSlotsAndHoldsToTheirRules() throws IOException {
    try (RedisCluster cluster = RedisCluster.start()) {
      Set<HostAndPort> nodes =
          cluster.nodes().stream()
              .map(node -> new HostAndPort(Ports.HOST, node.port()))
              .collect(Collectors.toSet());
      assertThat(nodes).hasSize(3);
      try (RedisClusterClient client =
          RedisClusterClient.builder()
              .nodes(nodes)
              .clientConfig(DefaultJedisClientConfig.builder().build())
              .build()) {
        for (int i = 0; i < 200; i++) {
          client.set("key" + i, "value" + i);
        }
        assertThat(client.get("key137")).isEqualTo("value137");
        client.rename("key1", "{key1}moved");
        assertThatThrownBy(() -> client.rename("key2", "key3"))
            .isInstanceOf(JedisException.class)
            .hasMessageContaining("slot");
      }
      for (RedisProcess node : cluster.nodes()) {
        assertThat(RedisConnection.ask(node.port(), "DBSIZE")).isNotEqualTo("0");
      }
    }
  }
}
