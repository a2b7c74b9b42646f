package dev.fireside.shared.config;

import dev.fireside.shared.json.WireNames;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The settings of a process: read once, typed, checked at start. `docs/configuration.md` lists
/// them.
///
/// @param projectId the Google Cloud project
/// @param environment where the process runs
/// @param service name of the Cloud Run service or job, or `local`
/// @param redis addresses of Redis: one for a node, more for a cluster
/// @param redisCluster whether the addresses belong to a Redis Cluster
/// @param redisKeyPrefix put before every key, so that tests can share a server
/// @param firestoreEmulator `host:port`, or null for the real service
/// @param pubsubEmulator `host:port`, or null for the real service
/// @param authEmulator `host:port`, or null for the real service
/// @param realtimeDatabases where the Realtime Databases are: `https://…` for the real service,
///   `http://host:port/?ns=…` for an emulator; empty where the project has none
/// @param cursorSecrets keys that sign cursors: the first signs, all verify (rotation)
/// @param corsOrigins origins a browser may call from; `*` allows any
/// @param adminNetworks networks (CIDR) that may call admin routes; empty allows any
/// @param adminSecondFactor whether admin routes ask for a token with a second factor
/// @param trustedProxyHops how many entries of `X-Forwarded-For`, from its end, our own proxies
///   added
/// @param load how much is done at once, and how long anybody waits
/// @param settings all variables, for the settings of single functions
public record Config(
    String projectId,
    Environment environment,
    String service,
    List<URI> redis,
    boolean redisCluster,
    String redisKeyPrefix,
    @Nullable String firestoreEmulator,
    @Nullable String pubsubEmulator,
    @Nullable String authEmulator,
    List<URI> realtimeDatabases,
    List<String> cursorSecrets,
    List<String> corsOrigins,
    List<String> adminNetworks,
    boolean adminSecondFactor,
    int trustedProxyHops,
    LoadLimits load,
    Map<String, String> settings) {

  private static final int SECRET_LENGTH_MIN = 32;
  private static final int PORT_MAX = 65_535;
  private static final String LOCAL_SECRET = "fireside-local-only-secret-of-32-bytes";
  private static final List<String> EMULATOR_VARIABLES =
      List.of(
          "FIRESTORE_EMULATOR_HOST",
          "PUBSUB_EMULATOR_HOST",
          "FIREBASE_AUTH_EMULATOR_HOST",
          "FIREBASE_DATABASE_EMULATOR_HOST",
          "FIREBASE_STORAGE_EMULATOR_HOST",
          "STORAGE_EMULATOR_HOST",
          "MEDIA_SIGNING_ACCOUNT",
          "MEDIA_SIGNING_KEY");

  public Config {
    redis = List.copyOf(redis);
    realtimeDatabases = List.copyOf(realtimeDatabases);
    cursorSecrets = List.copyOf(cursorSecrets);
    corsOrigins = List.copyOf(corsOrigins);
    adminNetworks = List.copyOf(adminNetworks);
    settings = Map.copyOf(settings);
  }

  /// Reads the environment of this process. Throws [ConfigException] with every problem at once.
  public static Config fromEnvironment() {
    return from(System.getenv());
  }

  /// Reads the given variables. Throws [ConfigException] with every problem at once.
  public static Config from(Map<String, String> variables) {
    var reader = new Reader(variables);
    // Cloud Run sets one of these: there, forgetting FIRESIDE_ENV must not open the local back
    // doors.
    Environment environment =
        reader.oneOf(
            "FIRESIDE_ENV",
            variables.containsKey("K_SERVICE") || variables.containsKey("CLOUD_RUN_JOB")
                ? Environment.PRODUCTION
                : Environment.LOCAL);
    boolean production = environment == Environment.PRODUCTION;
    if (production) {
      EMULATOR_VARIABLES.stream()
          .filter(variables::containsKey)
          .forEach(name -> reader.problem(name + " must not be set in production"));
    }
    var config =
        new Config(
            reader.text("GOOGLE_CLOUD_PROJECT", production ? null : "demo-fireside"),
            environment,
            reader.text("K_SERVICE", variables.getOrDefault("CLOUD_RUN_JOB", "local")),
            reader.uris("REDIS_URL", production ? null : "redis://127.0.0.1:6379"),
            reader.flag("REDIS_CLUSTER", false),
            reader.text("REDIS_KEY_PREFIX", ""),
            reader.optional("FIRESTORE_EMULATOR_HOST"),
            reader.optional("PUBSUB_EMULATOR_HOST"),
            reader.optional("FIREBASE_AUTH_EMULATOR_HOST"),
            reader.realtimeDatabases(production),
            reader.secrets("CURSOR_SECRETS", production ? null : LOCAL_SECRET),
            reader.list("CORS_ORIGINS", production ? "" : "*"),
            reader.networks("ADMIN_NETWORKS"),
            reader.flag("ADMIN_SECOND_FACTOR", production),
            reader.number("TRUSTED_PROXY_HOPS", 1, 0, 10),
            new LoadLimits(
                reader.number("FIRESTORE_CONCURRENCY", 32, 1, 1_000),
                reader.number("REDIS_CONCURRENCY", 32, 1, 1_000),
                reader.number("REALTIME_CONCURRENCY", 32, 1, 1_000),
                reader.duration("READ_DEADLINE", Duration.ofSeconds(10)),
                reader.duration("WRITE_DEADLINE", Duration.ofSeconds(25)),
                reader.duration("STREAM_DEADLINE", Duration.ofMinutes(15))),
            variables);
    if (production && config.cursorSecrets().contains(LOCAL_SECRET)) {
      reader.problem("CURSOR_SECRETS must not hold the secret of local processes");
    }
    if (config.redis().size() > 1 && !config.redisCluster()) {
      reader.problem("REDIS_URL has several addresses: REDIS_CLUSTER must be true, or one be left");
    }
    reader.failOnProblems();
    return config;
  }

  /// A whole number among the settings, or `fallback`. Throws [ConfigException] outside the range.
  public int number(String name, int fallback, int min, int max) {
    var reader = new Reader(settings);
    int value = reader.number(name, fallback, min, max);
    reader.failOnProblems();
    return value;
  }

  /// A duration among the settings, written `30s`, `15m`, `24h` or `7d`, or `fallback`.
  public Duration duration(String name, Duration fallback) {
    var reader = new Reader(settings);
    Duration value = reader.duration(name, fallback);
    reader.failOnProblems();
    return value;
  }

  /// A flag among the settings, `true` or `false`, or `fallback`.
  public boolean flag(String name, boolean fallback) {
    var reader = new Reader(settings);
    boolean value = reader.flag(name, fallback);
    reader.failOnProblems();
    return value;
  }

  /// A text among the settings.
  public Optional<String> text(String name) {
    return Optional.ofNullable(settings.get(name)).filter(value -> !value.isBlank());
  }

  /// Whether this process runs against emulators.
  public boolean isLocal() {
    return environment == Environment.LOCAL;
  }

  @Override
  public String toString() {
    return "Config[" + environment + ", project " + projectId + ", service " + service + "]";
  }

  /// Reads variables and collects what is wrong with them.
  private static final class Reader {
    private final Map<String, String> variables;
    private final List<String> problems = new ArrayList<>();

    Reader(Map<String, String> variables) {
      this.variables = variables;
    }

    void problem(String text) {
      problems.add(text);
    }

    void failOnProblems() {
      if (!problems.isEmpty()) {
        throw new ConfigException(problems);
      }
    }

    String text(String name, @Nullable String fallback) {
      String value = variables.get(name);
      if (value != null && !value.isBlank()) {
        return value.strip();
      }
      if (fallback == null) {
        problem(name + " is not set");
        return "";
      }
      return fallback;
    }

    @Nullable String optional(String name) {
      String value = variables.get(name);
      return value == null || value.isBlank() ? null : value.strip();
    }

    /// A list that must have an entry.
    private List<String> some(String name, @Nullable String fallback) {
      List<String> entries = list(name, fallback);
      String value = variables.get(name);
      if (entries.isEmpty() && value != null && !value.isBlank()) {
        problem(name + " is empty");
      }
      return entries;
    }

    List<String> networks(String name) {
      List<String> networks = list(name, "");
      networks.stream()
          .filter(network -> !isNetwork(network))
          .forEach(
              network -> problem(name + " holds " + network + ", which is not like 10.0.0.0/8"));
      return networks;
    }

    private static boolean isNetwork(String text) {
      String[] parts = text.split("/", 2);
      try {
        int bits = InetAddress.ofLiteral(parts[0]).getAddress().length * 8;
        int prefix = parts.length == 2 ? Integer.parseInt(parts[1]) : bits;
        return prefix >= 0 && prefix <= bits;
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    List<String> list(String name, @Nullable String fallback) {
      String text = text(name, fallback);
      return text.isEmpty()
          ? List.of()
          : List.of(text.split(",")).stream().map(String::strip).filter(s -> !s.isEmpty()).toList();
    }

    List<String> secrets(String name, @Nullable String fallback) {
      List<String> secrets = some(name, fallback);
      if (secrets.stream().anyMatch(secret -> secret.length() < SECRET_LENGTH_MIN)) {
        problem(name + " holds a secret of fewer than " + SECRET_LENGTH_MIN + " characters");
      }
      return secrets;
    }

    List<URI> uris(String name, @Nullable String fallback) {
      var uris = new ArrayList<URI>();
      for (String text : some(name, fallback)) {
        try {
          URI uri = URI.create(text);
          if (!isRedis(uri)) {
            problem(name + " must be like redis://host:port or rediss://host:port");
          }
          uris.add(uri);
        } catch (IllegalArgumentException e) {
          problem(name + " is not a list of addresses");
        }
      }
      return uris;
    }

    private static boolean isRedis(URI uri) {
      return uri.getHost() != null
          && ("redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme()))
          && uri.getPort() != 0
          && uri.getPort() <= PORT_MAX
          // Another database than the first exists neither in a cluster nor on every service.
          && List.of("", "/", "/0").contains(uri.getPath());
    }

    List<URI> realtimeDatabases(boolean production) {
      if (optional("FIREBASE_DATABASE_URL") != null) {
        problem("FIREBASE_DATABASE_URL is not known: set FIREBASE_DATABASE_URLS");
      }
      String emulator = optional("FIREBASE_DATABASE_EMULATOR_HOST");
      List<String> urls = list("FIREBASE_DATABASE_URLS", "");
      var databases = new ArrayList<URI>();
      try {
        for (String url : urls) {
          databases.add(realtimeDatabase(URI.create(url), emulator, production));
        }
        if (urls.isEmpty() && emulator != null) {
          databases.add(URI.create("http://" + emulator + "/?ns=" + namespace(null)));
        }
      } catch (IllegalArgumentException e) {
        problem(
            "FIREBASE_DATABASE_URLS must be like https://name.firebaseio.com, and"
                + " FIREBASE_DATABASE_EMULATOR_HOST like host:port");
      }
      if (databases.stream().distinct().count() < databases.size()) {
        problem("FIREBASE_DATABASE_URLS names a database twice");
      }
      return databases;
    }

    private URI realtimeDatabase(URI database, @Nullable String emulator, boolean production) {
      if (!isDatabase(database)) {
        throw new IllegalArgumentException("not an address of a database");
      }
      if (production && !"https".equals(database.getScheme())) {
        problem("FIREBASE_DATABASE_URLS must begin with https:// in production");
      }
      String host = emulator == null ? database.getAuthority() : emulator;
      return emulator == null && "https".equals(database.getScheme())
          ? database
          : URI.create("http://" + host + "/?ns=" + namespace(database));
    }

    private static boolean isDatabase(URI uri) {
      return uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && List.of("", "/").contains(uri.getPath());
    }

    /// Which of its databases an emulator is asked for.
    private String namespace(@Nullable URI database) {
      String query = database == null ? null : database.getQuery();
      if (query != null && query.startsWith("ns=")) {
        return query.substring(3);
      }
      return database != null && "https".equals(database.getScheme())
          ? database.getHost().split("\\.", 2)[0]
          : text("GOOGLE_CLOUD_PROJECT", "demo-fireside") + "-default-rtdb";
    }

    boolean flag(String name, boolean fallback) {
      String value = text(name, Boolean.toString(fallback));
      if (!value.equals("true") && !value.equals("false")) {
        problem(name + " must be true or false");
      }
      return value.equals("true");
    }

    int number(String name, int fallback, int min, int max) {
      String value = text(name, Integer.toString(fallback));
      try {
        int number = Integer.parseInt(value);
        if (number >= min && number <= max) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Reported below, with the range.
      }
      problem(name + " must be a whole number from " + min + " to " + max);
      return fallback;
    }

    Duration duration(String name, Duration fallback) {
      String value = variables.get(name);
      if (value == null || value.isBlank()) {
        return fallback;
      }
      String text = value.strip();
      // No sign, and few enough digits for every unit.
      if (!text.matches("[0-9]{1,9}[smhd]")) {
        problem(name + " must be a duration like 30s, 15m, 24h or 7d");
        return fallback;
      }
      long amount = Long.parseLong(text.substring(0, text.length() - 1));
      return switch (text.charAt(text.length() - 1)) {
        case 's' -> Duration.ofSeconds(amount);
        case 'm' -> Duration.ofMinutes(amount);
        case 'h' -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    }

    <E extends Enum<E>> E oneOf(String name, E fallback) {
      Class<E> type = fallback.getDeclaringClass();
      String value = text(name, WireNames.of(fallback)).toLowerCase(Locale.ROOT);
      return WireNames.find(type, value)
          .orElseGet(() -> {
            problem(name + " must be one of " + String.join(", ", WireNames.all(type)));
            return fallback;
          });
    }
  }
}
