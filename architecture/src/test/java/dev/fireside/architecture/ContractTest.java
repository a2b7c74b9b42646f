package dev.fireside.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.shared.Platform;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.events.AccountFunction;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.shared.events.MessageFunction;
import dev.fireside.shared.events.RealtimeFunction;
import dev.fireside.shared.events.ScheduledFunction;
import dev.fireside.shared.events.StorageFunction;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.http.RoutedFunction;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.manifest.EntryPoint;
import dev.fireside.shared.manifest.JobEntry;
import dev.fireside.shared.manifest.Manifests;
import dev.fireside.shared.manifest.Trigger;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The manifests are the one truth: code and documents must say the same.
class ContractTest {
  /// What routes have in common stands in the document once; the reader stops at 50 by itself.
  private static final int ALIASES_MAX = 1_000;

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<EntryPoint> ENTRIES =
      Manifests.load(ContractTest.class.getClassLoader());

  private static final List<JobEntry> JOBS = Manifests.jobs(ContractTest.class.getClassLoader());

  // No client connects before it is used: nothing listens on these ports.
  private static final Platform PLATFORM =
      new Platform(
          Config.from(
              Map.of(
                  "FIRESTORE_EMULATOR_HOST", "127.0.0.1:1",
                  "PUBSUB_EMULATOR_HOST", "127.0.0.1:1",
                  "FIREBASE_AUTH_EMULATOR_HOST", "127.0.0.1:1",
                  "REDIS_URL", "redis://127.0.0.1:1")),
          Clock.systemUTC());

  @AfterAll
  static void closeClients() {
    PLATFORM.close();
  }

  @Test
  void everyEntryPointHasTheClassItsTriggerNeeds() throws Exception {
    for (EntryPoint entry : ENTRIES) {
      Class<?> needed =
          switch (entry.trigger()) {
            case Trigger.Http http -> RoutedFunction.class;
            case Trigger.FirestoreDocument document -> FirestoreFunction.class;
            case Trigger.RealtimeRef ref -> RealtimeFunction.class;
            case Trigger.Account account -> AccountFunction.class;
            case Trigger.StorageObject object -> StorageFunction.class;
            case Trigger.PubSub topic -> MessageFunction.class;
            case Trigger.Schedule schedule -> ScheduledFunction.class;
          };
      assertThat(make(entry)).as(entry.name()).isInstanceOf(needed);
    }
  }

  @Test
  void everyJobHasAMainAndStartersThatAreThere() throws Exception {
    assertThat(JOBS).isNotEmpty();
    Set<String> modules =
        ENTRIES.stream().map(EntryPoint::module).collect(Collectors.toUnmodifiableSet());
    for (JobEntry job : JOBS) {
      var main = Class.forName(job.className()).getMethod("main", String[].class);
      assertThat(Modifier.isStatic(main.getModifiers())).as(job.name()).isTrue();
      assertThat(modules).as(job.name()).containsAll(job.startedBy());
    }
  }

  /// What a function does not need, its first answer must not wait for.
  @Test
  void onlyTheTranscoderHasFfmpegOnItsClassPath() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("functions"))) {
      for (Path module : files.filter(Files::isDirectory).toList()) {
        assertFreeOfFfmpeg(module, module.endsWith("transcoder"));
      }
    }
    for (String module :
        List.of("shared", "media", "runtime", "image", "social", "play", "economy", "ledger")) {
      assertFreeOfFfmpeg(ROOT.resolve(module), false);
    }
  }

  private static void assertFreeOfFfmpeg(Path module, boolean needsIt) throws IOException {
    Path pom = module.resolve("pom.xml");
    if (Files.exists(pom)) {
      String text = Files.readString(pom);
      assertThat(text.contains("org.bytedeco") || text.contains("fireside-transcoder"))
          .as(pom.toString())
          .isEqualTo(needsIt);
    }
  }

  @Test
  void everyRouteLiesBelowThePathsOfItsFunction() throws Exception {
    for (EntryPoint entry : ENTRIES) {
      if (entry.trigger() instanceof Trigger.Http http) {
        for (String route : routes(entry)) {
          String template = route.split(" ", -1)[1];
          assertThat(http.paths())
              .as(entry.name() + " answers " + route)
              .anyMatch(path -> template.equals(path) || template.startsWith(path + "/"));
        }
      }
    }
  }

  @Test
  void theTableOfRoutesListsExactlyTheRoutesThereAre() throws Exception {
    var documented = new TreeSet<String>();
    for (List<String> row : tableRows(ROOT.resolve("docs/routes.md"))) {
      documented.add(row.get(0) + " " + row.get(1).replace("`", "") + " " + row.get(2));
    }
    assertThat(documented).isEqualTo(allRoutes());
  }

  @Test
  void theOpenApiDocumentHasExactlyTheRoutesThereAre() throws Exception {
    JsonNode document;
    try (InputStream in = Files.newInputStream(ROOT.resolve("docs/openapi.yaml"))) {
      var yaml =
          new Load(
              LoadSettings.builder()
                  .setLabel("docs/openapi.yaml")
                  .setMaxAliasesForCollections(ALIASES_MAX)
                  .build());
      document = Json.mapper().valueToTree(yaml.loadFromInputStream(in));
    }
    var documented = new TreeSet<String>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (String method : List.of("get", "post", "put", "patch", "delete")) {
        if (path.getValue().has(method)) {
          documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    var actual = new TreeSet<String>();
    allRoutes().forEach(route -> actual.add(route.substring(0, route.lastIndexOf(' '))));
    assertThat(documented).isEqualTo(actual);
  }

  /// Each call in finance.md is a route, for the role whose token it sends.
  @Test
  void whatFinanceIsToldToCallIsThere() throws Exception {
    var routes = new TreeSet<String>();
    allRoutes().forEach(route -> routes.add(route.replaceAll("\\{[^}]*}|[a-z_]+:[a-z_]+", "*")));
    var calls =
        Pattern.compile("`(curl [^`]*)`")
            .matcher(Files.readString(ROOT.resolve("docs/finance.md")))
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(calls).hasSizeGreaterThan(10);
    for (String call : calls) {
      var path = Pattern.compile("\\$api(/api/[^\"?]*)").matcher(call);
      assertThat(path.find()).as(call).isTrue();
      String template = path.group(1).replaceAll("\\$[a-z]+|[a-z_]+:[a-z_]+", "*");
      String method = call.contains(" -d ") || call.contains(" -X POST ") ? "POST" : "GET";
      assertThat(routes)
          .as(call)
          .contains(method + " " + template + (call.contains("$mod") ? " MODERATOR" : " ADMIN"));
    }
  }

  @Test
  void firebaseJsonRewritesEveryPathToItsFunction() throws IOException {
    JsonNode firebase = Json.mapper().readTree(ROOT.resolve("firebase.json").toFile());
    var rewrites = new TreeSet<String>();
    for (JsonNode rewrite : firebase.at("/hosting/rewrites")) {
      rewrites.add(
          rewrite.path("source").asText() + " -> " + rewrite.at("/run/serviceId").asText());
    }
    var expected = new TreeSet<String>();
    for (EntryPoint entry : ENTRIES) {
      if (entry.trigger() instanceof Trigger.Http http) {
        for (String path : http.paths()) {
          expected.add(path + " -> " + entry.name());
          expected.add(path + "/** -> " + entry.name());
        }
      }
    }
    assertThat(rewrites).isEqualTo(expected);
  }

  @Test
  void firestoreRemovesWhatIsKeptForAWhile() throws IOException {
    JsonNode indexes = Json.mapper().readTree(ROOT.resolve("firestore.indexes.json").toFile());
    var removed = new TreeSet<String>();
    for (JsonNode field : indexes.path("fieldOverrides")) {
      if (field.path("ttl").asBoolean()) {
        removed.add(
            field.path("collectionGroup").asText() + "." + field.path("fieldPath").asText());
      }
    }
    assertThat(removed)
        .contains(
            "games.deleteAt",
            "batches.deleteAt",
            "idempotency.expireAt",
            "poison.expireAt",
            "webhooks.expireAt");
  }

  @Test
  void theReadmeListsEveryEntryPoint() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    String table =
        readme.substring(
            readme.indexOf("<!-- functions -->"), readme.indexOf("<!-- /functions -->"));
    var documented = new TreeSet<String>();
    table
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("\\|", -1))
        .forEach(cells -> documented.add(cells[1].strip() + " " + cells[2].strip()));
    var expected = new TreeSet<String>();
    ENTRIES.forEach(entry -> expected.add("`" + entry.name() + "` " + describe(entry.trigger())));
    JOBS.forEach(job ->
        expected.add("`" + job.name() + "` job, started by " + String.join(", ", job.startedBy())));
    assertThat(documented).isEqualTo(expected);
  }

  @Test
  void everyProblemIsExplained() throws IOException {
    String text = Files.readString(ROOT.resolve("docs/problems.md"));
    for (ProblemType type : ProblemType.values()) {
      String name = type.uri().substring(type.uri().lastIndexOf(':') + 1);
      assertThat(text).contains("| `" + name + "` | " + type.status() + " |");
    }
    String schemas = Files.readString(ROOT.resolve("docs/openapi.yaml"));
    for (Reason reason : Reason.values()) {
      assertThat(text).contains("\n| `" + reason.code() + "` | ");
      assertThat(schemas).containsPattern("enum: \\[.*\\b" + reason.code() + "[,\\]]");
    }
  }

  private static String describe(Trigger trigger) {
    return switch (trigger) {
      case Trigger.Http(List<String> paths) -> "HTTP `" + String.join("`, `", paths) + "`";
      case Trigger.FirestoreDocument(String document, String event) ->
          "Firestore `" + document + "` " + event;
      case Trigger.RealtimeRef(String ref, String event, String instance) ->
          "Realtime Database `" + ref + "` " + event + (instance == null ? "" : " in " + instance);
      case Trigger.Account(String event) -> "Firebase Auth account " + event;
      case Trigger.StorageObject(String bucket, String event) ->
          "Cloud Storage `" + bucket + "` " + event;
      case Trigger.PubSub(String topic) -> "Pub/Sub `" + topic + "`";
      case Trigger.Schedule schedule -> "schedule `" + schedule.cron() + "` " + schedule.timeZone();
    };
  }

  /// Every route of every function, as `METHOD template access`.
  private static Set<String> allRoutes() throws Exception {
    var all = new TreeSet<String>();
    for (EntryPoint entry : ENTRIES) {
      if (entry.trigger() instanceof Trigger.Http) {
        all.addAll(routes(entry));
      }
    }
    return all;
  }

  private static List<String> routes(EntryPoint entry) throws Exception {
    return ((RoutedFunction) make(entry)).app().describe();
  }

  private static Object make(EntryPoint entry) throws Exception {
    return PLATFORM.callBound(
        () -> Class.forName(entry.className()).getConstructor().newInstance());
  }

  private static List<List<String>> tableRows(Path file) throws IOException {
    var rows = new ArrayList<List<String>>();
    for (String line : Files.readAllLines(file)) {
      if (line.matches("\\| (GET|POST|PUT|PATCH|DELETE) \\|.*")) {
        rows.add(Arrays.stream(line.split("\\|", -1)).skip(1).map(String::strip).toList());
      }
    }
    return rows;
  }
}
