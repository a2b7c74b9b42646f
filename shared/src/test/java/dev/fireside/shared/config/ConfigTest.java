package dev.fireside.shared.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final Map<String, String> PRODUCTION =
      Map.of(
          "K_SERVICE", "feed",
          "GOOGLE_CLOUD_PROJECT", "fireside-prod",
          "REDIS_URL", "rediss://10.0.0.3:6378",
          "CURSOR_SECRETS", SECRET);

  private static Map<String, String> with(Map<String, String> base, String... more) {
    var variables = new HashMap<>(base);
    for (int i = 0; i < more.length; i += 2) {
      variables.put(more[i], more[i + 1]);
    }
    return variables;
  }

  private static String problems(Map<String, String> variables) {
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> Config.from(variables));
    assertThat(e).as("a refusal of " + variables).isNotNull();
    return String.valueOf(e.getMessage());
  }

  @Test
  void aLaptopNeedsNoVariables() {
    Config config = Config.from(Map.of());

    assertThat(config.isLocal()).isTrue();
    assertThat(config.projectId()).isEqualTo("demo-fireside");
    assertThat(config.service()).isEqualTo("local");
    assertThat(config.redis()).containsExactly(URI.create("redis://127.0.0.1:6379"));
    assertThat(config.corsOrigins()).containsExactly("*");
    assertThat(config.adminSecondFactor()).isFalse();
    assertThat(config.firestoreEmulator()).isNull();
  }

  @Test
  void cloudRunIsProductionAndClosed() {
    Config config = Config.from(PRODUCTION);

    assertThat(config.environment()).isEqualTo(Environment.PRODUCTION);
    assertThat(config.service()).isEqualTo("feed");
    assertThat(config.corsOrigins()).isEmpty();
    assertThat(config.adminSecondFactor()).isTrue();
    assertThat(config.cursorSecrets()).containsExactly(SECRET);
  }

  @Test
  void tellsEveryProblemAtOnce() {
    assertThat(
            problems(
                Map.of(
                    "FIRESIDE_ENV", "production",
                    "REDIS_CLUSTER", "maybe",
                    "TRUSTED_PROXY_HOPS", "11",
                    "ADMIN_NETWORKS", "10.0.0.0/8, intranet",
                    "PUBSUB_EMULATOR_HOST", "localhost:8085")))
        .contains(
            "GOOGLE_CLOUD_PROJECT is not set",
            "REDIS_URL is not set",
            "CURSOR_SECRETS is not set",
            "REDIS_CLUSTER must be true or false",
            "TRUSTED_PROXY_HOPS must be a whole number from 0 to 10",
            "ADMIN_NETWORKS holds intranet",
            "PUBSUB_EMULATOR_HOST must not be set in production");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FIRESTORE_EMULATOR_HOST",
        "PUBSUB_EMULATOR_HOST",
        "FIREBASE_AUTH_EMULATOR_HOST",
        "FIREBASE_DATABASE_EMULATOR_HOST",
        "FIREBASE_STORAGE_EMULATOR_HOST",
        "STORAGE_EMULATOR_HOST"
      })
  void productionRefusesEmulators(String variable) {
    assertThat(problems(with(PRODUCTION, variable, "localhost:1"))).contains(variable);
    assertThat(Config.from(Map.of(variable, "localhost:1")).isLocal()).isTrue();
  }

  @Test
  void anEmptyVariableIsAnAbsentOne() {
    Config config = Config.from(Map.of("FIRESTORE_EMULATOR_HOST", " ", "GOOGLE_CLOUD_PROJECT", ""));

    assertThat(config.firestoreEmulator()).isNull();
    assertThat(config.projectId()).isEqualTo("demo-fireside");
  }

  @Test
  void secretsRotateAndAreLong() {
    String next = "fedcba9876543210fedcba9876543210";

    assertThat(
            Config.from(with(PRODUCTION, "CURSOR_SECRETS", next + ", " + SECRET)).cursorSecrets())
        .containsExactly(next, SECRET);
    assertThat(problems(with(PRODUCTION, "CURSOR_SECRETS", SECRET + ",short")))
        .contains("fewer than 32 characters")
        .doesNotContain(SECRET);
    assertThat(problems(with(PRODUCTION, "CURSOR_SECRETS", ",")))
        .contains("CURSOR_SECRETS is empty");
  }

  @Test
  void productionDoesNotTakeTheSecretThatEverybodyKnows() {
    String known = Config.from(Map.of()).cursorSecrets().getFirst();

    assertThat(problems(with(PRODUCTION, "CURSOR_SECRETS", known))).contains("CURSOR_SECRETS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:6379",
        "http://redis:6379",
        "redis://",
        "redis://h:99999",
        "redis://h:0",
        "redis://h/3",
        "redis://bad host",
        ","
      })
  void refusesAddressesThatAreNotOfRedis(String url) {
    assertThat(problems(Map.of("REDIS_URL", url))).contains("REDIS_URL");
  }

  @Test
  void severalAddressesAreACluster() {
    String two = "redis://a:7000,redis://b:7000";

    assertThat(problems(Map.of("REDIS_URL", two))).contains("REDIS_CLUSTER");
    assertThat(Config.from(Map.of("REDIS_URL", two, "REDIS_CLUSTER", "true")).redis()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"30s,PT30S", "15m,PT15M", "24h,PT24H", "7d,PT168H", "0s,PT0S"})
  void readsDurations(String text, Duration expected) {
    Config config = Config.from(Map.of("KEPT", text));

    assertThat(config.duration("KEPT", Duration.ofDays(1))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"30", "s", "-5s", "+5s", "1.5h", "1w", "99999999999999999999d", "9999999999d"})
  void refusesWhatIsNoDuration(String text) {
    Config config = Config.from(Map.of("KEPT", text));

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> config.duration("KEPT", Duration.ofDays(1)))
        .withMessageContaining("KEPT");
  }

  @Test
  void settingsOfFunctionsFallBackAndAreChecked() {
    Config config = Config.from(Map.of("LIMIT", "7", "NAME", " ", "TOO_MUCH", "101"));

    assertThat(config.number("LIMIT", 1, 0, 100)).isEqualTo(7);
    assertThat(config.number("MISSING", 1, 0, 100)).isEqualTo(1);
    assertThat(config.duration("MISSING", Duration.ofDays(1))).isEqualTo(Duration.ofDays(1));
    assertThat(config.text("NAME")).isEmpty();
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> config.number("TOO_MUCH", 1, 0, 100))
        .withMessageContaining("from 0 to 100");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/8", "10.1.2.3", "fd00::/8", "::1", "0.0.0.0/0"})
  void takesNetworks(String network) {
    assertThat(Config.from(Map.of("ADMIN_NETWORKS", network)).adminNetworks())
        .containsExactly(network);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/x",
        "office.example.com",
        "fd00::/129",
        "/8"
      })
  void refusesWhatIsNoNetwork(String network) {
    assertThat(problems(Map.of("ADMIN_NETWORKS", network))).contains("ADMIN_NETWORKS");
  }

  @Test
  void printsNoSecrets() {
    assertThat(Config.from(PRODUCTION).toString()).doesNotContain(SECRET).contains("fireside-prod");
  }

  @Test
  void refusesAnEnvironmentItDoesNotKnow() {
    assertThat(problems(Map.of("FIRESIDE_ENV", "staging"))).contains("FIRESIDE_ENV");
  }

  @Test
  void aProjectHasARealtimeDatabaseOnlyWhereItIsNamed() {
    assertThat(Config.from(Map.of()).realtimeDatabases()).isEmpty();
    assertThat(
            Config.from(with(PRODUCTION, "FIREBASE_DATABASE_URLS", "https://app.firebaseio.com"))
                .realtimeDatabases())
        .containsExactly(URI.create("https://app.firebaseio.com"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 127.0.0.1:9000, http://127.0.0.1:9000/?ns=demo-fireside-default-rtdb",
    "https://app.firebaseio.com, 127.0.0.1:9000, http://127.0.0.1:9000/?ns=app",
    "http://127.0.0.1:9001/?ns=app, '', http://127.0.0.1:9001/?ns=app",
    "http://127.0.0.1:9001/?ns=app, 127.0.0.1:9000, http://127.0.0.1:9000/?ns=app",
    "http://127.0.0.1:9001, '', http://127.0.0.1:9001/?ns=demo-fireside-default-rtdb",
  })
  void anEmulatorIsAskedForADatabaseByName(String url, String emulator, URI expected) {
    assertThat(
            Config.from(
                    Map.of(
                        "FIREBASE_DATABASE_URLS", url, "FIREBASE_DATABASE_EMULATOR_HOST", emulator))
                .realtimeDatabases())
        .containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app.firebaseio.com",
        "https://",
        "https://app.firebaseio.com/rooms",
        "ftp://app.firebaseio.com",
        "https://app firebaseio com",
        "https://app.firebaseio.com,other",
        "https://app.firebaseio.com,https://app.firebaseio.com"
      })
  void anAddressThatIsNoneOfADatabaseIsRefused(String url) {
    assertThat(problems(Map.of("FIREBASE_DATABASE_URLS", url))).contains("FIREBASE_DATABASE_URLS");
  }

  @Test
  void inProductionTheRealtimeDatabaseIsReachedByTlsOnly() {
    assertThat(
            problems(with(PRODUCTION, "FIREBASE_DATABASE_URLS", "http://127.0.0.1:9000/?ns=app")))
        .contains("https://");
  }

  @Test
  void aProjectMayHaveSeveralRealtimeDatabases() {
    String urls = "https://a.firebaseio.com, https://b.firebaseio.com";

    assertThat(Config.from(with(PRODUCTION, "FIREBASE_DATABASE_URLS", urls)).realtimeDatabases())
        .containsExactly(
            URI.create("https://a.firebaseio.com"), URI.create("https://b.firebaseio.com"));
    assertThat(
            Config.from(
                    Map.of(
                        "FIREBASE_DATABASE_URLS",
                        urls,
                        "FIREBASE_DATABASE_EMULATOR_HOST",
                        "127.0.0.1:9000"))
                .realtimeDatabases())
        .containsExactly(
            URI.create("http://127.0.0.1:9000/?ns=a"), URI.create("http://127.0.0.1:9000/?ns=b"));
  }

  @Test
  void theNameThatHeldOneDatabaseIsRefused() {
    assertThat(problems(Map.of("FIREBASE_DATABASE_URL", "https://a.firebaseio.com")))
        .contains("set FIREBASE_DATABASE_URLS");
  }
}
