package dev.fireside.acceptance.live;

import dev.fireside.emulator.database.NodeSdk;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.social.testing.Crowd;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Chats and presence as apps see them: the official SDK against the whole local cloud, under
/// `database.rules.json`. Each script of `src/test/js` checks what it sees.
class LiveClientsIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private final Crowd crowd = new Crowd(fireside);

  @BeforeEach
  void begin() {
    fireside.resetData();
    crowd.people("ann", "bob", "cleo", "eve");
    crowd.follow("bob", "ann");
    crowd.follow("cleo", "ann");
    String[] many = IntStream.rangeClosed(0, 100).mapToObj(i -> "p" + i).toArray(String[]::new);
    crowd.people(many);
    IntStream.rangeClosed(1, 100).forEach(i -> crowd.follow(many[i], "p0"));
    fireside.settle();
  }

  @ParameterizedTest
  @ValueSource(strings = {"chats", "presences"})
  void see(String script) throws Exception {
    NodeSdk.run(script + ".mjs", NodeClients.arguments(fireside));
  }
}
