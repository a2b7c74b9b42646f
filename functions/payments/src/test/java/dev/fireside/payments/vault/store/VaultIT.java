package dev.fireside.payments.vault.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.store.Documents;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class VaultIT {
  private static final String PLACE = "webhooks/test:1#body";
  private static final String OLD = "old:" + key(1);
  private static final String NEW = "new:" + key(2);

  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  @BeforeEach
  void empty() {
    fireside.resetData();
  }

  private static String key(int filler) {
    byte[] key = new byte[32];
    java.util.Arrays.fill(key, (byte) filler);
    return Base64.getEncoder().encodeToString(key);
  }

  private static Documents documents() {
    return fireside.platform().documents();
  }

  private static Vault vault(Map<String, String> settings) {
    var all = new HashMap<>(fireside.platform().config().settings());
    all.putAll(settings);
    return new Vault(documents(), Config.from(all), fireside.clock());
  }

  private static Vault vault(String keys) {
    return vault(Map.of("PAYMENTS_KEYS", keys));
  }

  private static byte[] sealed(Vault vault, String owner, String place, String text) {
    return vault.seal(owner, place, text.getBytes(UTF_8)).orElseThrow();
  }

  private static @Nullable String opened(Vault vault, String owner, String place, byte[] sealed) {
    return vault.open(owner, place, sealed).map(text -> new String(text, UTF_8)).orElse(null);
  }

  @Test
  void opensWhatItSealedInItsPlaceOnly() {
    Vault vault = vault(OLD);
    byte[] sealed = sealed(vault, "ann", PLACE, "secret");
    assertThat(new String(sealed, UTF_8)).doesNotContain("secret");
    assertThat(opened(vault, "ann", PLACE, sealed)).isEqualTo("secret");
    sealed(vault, "bob", PLACE, "other");
    assertThatThrownBy(() -> vault.open("ann", "webhooks/test:2#body", sealed))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> vault.open("ann", "webhooks/test:1#other", sealed))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> vault.open("bob", PLACE, sealed))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void noticesEveryBitThatWasChanged() {
    Vault vault = vault(OLD);
    byte[] sealed = sealed(vault, "ann", PLACE, "x");
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> vault.open("ann", PLACE, changed))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThatThrownBy(() -> vault.open("ann", PLACE, new byte[3]))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void noticesKeysThatWereSwapped() {
    Vault vault = vault(OLD);
    byte[] sealed = sealed(vault, "ann", PLACE, "secret");
    sealed(vault, "bob", PLACE, "secret");
    documents().set("vault/ann", documents().get("vault/bob").orElseThrow().fields().values());
    assertThatThrownBy(() -> vault.open("ann", PLACE, sealed))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void rotatesMasterKeysWithoutLosingAnything() {
    Vault before = vault(OLD);
    byte[] first = sealed(before, "ann", PLACE, "first");
    sealed(before, "bob", PLACE, "other");
    before.shred("bob");
    Vault between = vault(NEW + "," + OLD);
    assertThat(opened(between, "ann", PLACE, first)).isEqualTo("first");
    assertThat(between.rotate()).isEqualTo(1);
    assertThat(between.rotate()).isZero();
    Vault after = vault(NEW);
    assertThat(opened(after, "ann", PLACE, first)).isEqualTo("first");
    assertThat(opened(after, "bob", PLACE, first)).isNull();
    assertThatThrownBy(() -> before.open("ann", PLACE, first))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void renewsAPersonsKeyAndKeepsTheOlderOnes() {
    Vault vault = vault(OLD);
    byte[] first = sealed(vault, "ann", PLACE, "first");
    vault.renew("ann");
    byte[] second = sealed(vault, "ann", PLACE, "second");
    assertThat(first[3]).isEqualTo((byte) 1);
    assertThat(second[3]).isEqualTo((byte) 2);
    assertThat(opened(vault, "ann", PLACE, first)).isEqualTo("first");
    assertThat(opened(vault, "ann", PLACE, second)).isEqualTo("second");
    vault(NEW + "," + OLD).rotate();
    assertThat(opened(vault(NEW), "ann", PLACE, first)).isEqualTo("first");
  }

  @Test
  void forgetsWithTheKey() {
    Vault vault = vault(OLD);
    byte[] sealed = sealed(vault, "ann", PLACE, "secret");
    vault.shred("ann");
    assertThat(vault.open("ann", PLACE, sealed)).isEmpty();
    assertThat(vault.seal("ann", PLACE, new byte[1])).isEmpty();
    vault.renew("ann");
    assertThat(vault.seal("ann", PLACE, new byte[1])).isEmpty();
    assertThatThrownBy(() -> vault.shred(Vault.HOUSE)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void findsEqualValuesWithoutKeepingThem() {
    String card = vault(OLD).blindIndex("card", "fp_1");
    assertThat(card).doesNotContain("fp_1").hasSize(24);
    assertThat(vault(OLD).blindIndex("card", "fp_1")).isEqualTo(card);
    assertThat(vault(OLD).blindIndex("card", "fp_2")).isNotEqualTo(card);
    assertThat(vault(OLD).blindIndex("email", "fp_1")).isNotEqualTo(card);
    vault(NEW + "," + OLD).rotate();
    assertThat(vault(NEW).blindIndex("card", "fp_1")).isEqualTo(card);
  }

  @Test
  void refusesKeysItCannotUse() {
    for (String keys : new String[] {"", "x", "x:AAAA", ":" + key(1)}) {
      assertThatThrownBy(() -> vault(Map.of("PAYMENTS_KEYS", keys + ",bad")))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThatThrownBy(() -> vault(Map.of("PAYMENTS_KMS_KEY", "my-key")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void wrapsByCloudKmsWhereThatIsConfigured() throws Exception {
    Set<String> verbs = new HashSet<>();
    HttpServer kms =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    kms.createContext(
        "/",
        exchange -> {
          JsonNode asked = Json.mapper().readTree(exchange.getRequestBody());
          String path = exchange.getRequestURI().getPath();
          verbs.add(path.substring(path.lastIndexOf(':') + 1));
          String place = asked.path("additionalAuthenticatedData").asText();
          // What KMS gives is the text and the place, which it checks.
          String answer;
          int status = 200;
          if (path.endsWith(":encrypt")) {
            String both = asked.path("plaintext").asText() + "." + place;
            answer = "{\"ciphertext\":\"" + base64(both) + "\"}";
          } else {
            String both =
                new String(Base64.getDecoder().decode(asked.path("ciphertext").asText()), UTF_8);
            status = both.endsWith("." + place) ? 200 : 400;
            answer = "{\"plaintext\":\"" + both.substring(0, both.indexOf('.')) + "\"}";
          }
          byte[] bytes = answer.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    kms.start();
    try {
      byte[] sealed = sealed(vault(OLD), "ann", PLACE, "secret");
      var settings =
          Map.of(
              "PAYMENTS_KMS_KEY",
              "projects/p/locations/l/keyRings/r/cryptoKeys/k",
              "PAYMENTS_KMS_BASE",
              "http://127.0.0.1:" + kms.getAddress().getPort(),
              "PAYMENTS_KEYS",
              OLD);
      assertThat(opened(vault(settings), "ann", PLACE, sealed)).isEqualTo("secret");
      assertThat(vault(settings).rotate()).isEqualTo(1);
      assertThat(opened(vault(settings), "ann", PLACE, sealed)).isEqualTo("secret");
      assertThat(verbs).containsExactlyInAnyOrder("encrypt", "decrypt");
      sealed(vault(settings), "bob", PLACE, "other");
      documents().set("vault/ann", documents().get("vault/bob").orElseThrow().fields().values());
      assertThatThrownBy(() -> vault(settings).open("ann", PLACE, sealed))
          .isInstanceOf(IllegalStateException.class);
    } finally {
      kms.stop(0);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
