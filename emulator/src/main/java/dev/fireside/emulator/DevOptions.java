package dev.fireside.emulator;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What `./scripts/dev` was asked for.
///
/// @param port where the functions are served
/// @param cloud where everything else listens
/// @param project the project's id
/// @param tasks names of [DevTask]s to run, in this order
/// @param help whether only to print the options
record DevOptions(int port, CloudOptions cloud, String project, List<String> tasks, boolean help) {
  static final String USAGE =
      """
      Usage: ./scripts/dev [options]

      Runs every function of Fireside on this machine, with Redis, Firestore, Pub/Sub, Auth, the
      Realtime Database and Cloud Storage.

        --port N            port of the functions (8080)
        --redis-port N      port of Redis (6380)
        --firestore-port N  port of the Firestore emulator (8081)
        --pubsub-port N     port of the Pub/Sub emulator (8085)
        --auth-port N       port of Firebase Auth (9099)
        --database-port N   port of the Realtime Database (9000)
        --storage-port N    port of Cloud Storage (9199)
        --project ID        id of the project (demo-fireside)
        --rules FILE        Firestore's security rules (firestore.rules, where there is one)
        --database-rules FILE  the Realtime Database's (database.rules.json, where there is one)
        --database-data DIR    keeps the Realtime Database's data there
        --database-import FILE  the data it begins with, as Firebase exports it
        --storage-rules FILE   Cloud Storage's (storage.rules, where there is one)
        --seed              load the demo data
        --smoke             run the smoke test, then stop; the exit status says how it went
        --help              this

      Ports may be 0: a free one is taken. If FIRESTORE_EMULATOR_HOST, PUBSUB_EMULATOR_HOST,
      FIREBASE_AUTH_EMULATOR_HOST or FIREBASE_DATABASE_EMULATOR_HOST is set, the emulator there is
      used.
      """;

  private static final Path RULES = Path.of("firestore.rules");
  private static final Path DATABASE_RULES = Path.of("database.rules.json");
  private static final Path STORAGE_RULES = Path.of("storage.rules");
  private static final Pattern PROJECT = Pattern.compile("[a-z][a-z0-9-]{4,28}[a-z0-9]");
  private static final Map<String, Integer> PORTS =
      Map.of(
          "--port", 8080,
          "--redis-port", 6380,
          "--firestore-port", 8081,
          "--pubsub-port", 8085,
          "--auth-port", 9099,
          "--database-port", 9000,
          "--storage-port", 9199);
  private static final int PORT_MAX = 65_535;

  DevOptions {
    tasks = List.copyOf(tasks);
  }

  /// Reads a command line. Throws [IllegalArgumentException] for one that cannot be meant.
  static DevOptions parse(List<String> arguments, Map<String, String> environment) {
    var ports = new HashMap<>(PORTS);
    var tasks = new ArrayList<String>();
    String project = CloudOptions.DEFAULT_PROJECT;
    @Nullable Path rules = Files.isRegularFile(RULES) ? RULES : null;
    @Nullable Path databaseRules = Files.isRegularFile(DATABASE_RULES) ? DATABASE_RULES : null;
    @Nullable Path databaseData = null;
    @Nullable Path databaseImport = null;
    @Nullable Path storageRules = Files.isRegularFile(STORAGE_RULES) ? STORAGE_RULES : null;
    boolean help = false;
    for (int i = 0; i < arguments.size(); i++) {
      String flag = arguments.get(i);
      switch (flag) {
        case "--help", "-h" -> help = true;
        case "--seed", "--smoke" -> tasks.add(flag.substring(2));
        case "--project" -> project = project(value(arguments, ++i));
        case "--rules" -> rules = file(flag, value(arguments, ++i));
        case "--database-data" -> databaseData = Path.of(value(arguments, ++i));
        case "--database-import" -> databaseImport = file(flag, value(arguments, ++i));
        case "--database-rules" -> databaseRules = file(flag, value(arguments, ++i));
        case "--storage-rules" -> storageRules = file(flag, value(arguments, ++i));
        default -> ports.put(known(flag), port(flag, value(arguments, ++i)));
      }
    }
    var cloud =
        new CloudOptions(
            port(ports, "--redis-port"),
            port(ports, "--firestore-port"),
            port(ports, "--pubsub-port"),
            port(ports, "--auth-port"),
            new CloudOptions.Database(
                port(ports, "--database-port"), databaseRules, databaseData, databaseImport),
            new CloudOptions.Storage(port(ports, "--storage-port"), storageRules),
            rules,
            project,
            environment);
    return new DevOptions(port(ports, "--port"), cloud, project, tasks, help);
  }

  /// The ports it will take, by flag; those of emulators that run already are left out.
  Map<String, Integer> portsToTake() {
    var taken = new java.util.LinkedHashMap<String, Integer>();
    taken.put("--port", port);
    taken.put("--redis-port", cloud.redisPort());
    if (!cloud.runsAlready("FIRESTORE_EMULATOR_HOST")) {
      taken.put("--firestore-port", cloud.firestorePort());
    }
    if (!cloud.runsAlready("PUBSUB_EMULATOR_HOST")) {
      taken.put("--pubsub-port", cloud.pubsubPort());
    }
    if (!cloud.runsAlready("FIREBASE_AUTH_EMULATOR_HOST")) {
      taken.put("--auth-port", cloud.authPort());
    }
    if (!cloud.runsAlready("FIREBASE_DATABASE_EMULATOR_HOST")) {
      taken.put("--database-port", cloud.database().port());
    }
    taken.put("--storage-port", cloud.storage().port());
    return taken;
  }

  private static String known(String flag) {
    if (!PORTS.containsKey(flag)) {
      throw new IllegalArgumentException("There is no option " + flag + "; see --help");
    }
    return flag;
  }

  private static int port(Map<String, Integer> ports, String flag) {
    return ports.getOrDefault(flag, 0);
  }

  private static String value(List<String> arguments, int index) {
    if (index >= arguments.size()) {
      throw new IllegalArgumentException(arguments.getLast() + " needs a value; see --help");
    }
    return arguments.get(index);
  }

  private static int port(String flag, String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= PORT_MAX) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Reported below.
    }
    throw new IllegalArgumentException(flag + " must be a port, 0 to " + PORT_MAX);
  }

  private static String project(String id) {
    if (!PROJECT.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "--project must be 6 to 30 lower-case letters, digits and `-`");
    }
    return id;
  }

  private static Path file(String flag, String name) {
    Path file = Path.of(name);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(flag + ": there is no file " + name);
    }
    return file;
  }
}
