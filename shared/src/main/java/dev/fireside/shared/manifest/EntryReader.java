package dev.fireside.shared.manifest;

import dev.fireside.shared.json.WireNames;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one entry of a manifest and collects what is wrong with it.
final class EntryReader extends FieldReader {
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "class",
          "trigger",
          "memory",
          "cpu",
          "concurrency",
          "minInstances",
          "maxInstances",
          "timeout",
          "jit",
          "secrets");
  private static final List<String> EVENTS = List.of("created", "updated", "deleted", "written");
  private static final List<String> BUCKETS = List.of("uploads", "media");
  private static final List<String> OBJECT_EVENTS =
      List.of("finalized", "deleted", "archived", "metadataUpdated");
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._-]+)+");
  private static final Pattern DOCUMENT =
      Pattern.compile("[^/{}]+/([^/{}]+|\\{\\w+})(/[^/{}]+/([^/{}]+|\\{\\w+}))*");
  private static final Pattern REF =
      Pattern.compile("([^/{}.#$\\[\\]]+|\\{\\w+})(/([^/{}.#$\\[\\]]+|\\{\\w+}))*");
  private static final Pattern INSTANCE = Pattern.compile("[a-z0-9][a-z0-9-]*");
  private static final Pattern CRON = Pattern.compile("\\S+( +\\S+){4}");
  private static final Pattern JIT = Pattern.compile("c[12]");
  private static final int EVENT_SECONDS_MAX = 540;
  private static final int HTTP_SECONDS_MAX = 3_600;
  private static final int SCHEDULE_SECONDS_MAX = 1_800;

  EntryReader(String source, Map<?, ?> map, List<String> problems) {
    super(source, map, problems);
  }

  @Nullable EntryPoint read(String module) {
    checkKeys(KEYS);
    String name = name();
    String className = className();
    Trigger trigger = trigger();
    String memory = memory();
    int cpu = cpu();
    int concurrency = number("concurrency", 80, 1, 1000);
    int min = number("minInstances", 0, 0, 1000);
    int max = number("maxInstances", 100, 1, 1000);
    if (min > max) {
      problem("`minInstances` must not be above `maxInstances`");
    }
    int timeout = number("timeout", 60, 1, secondsMax(trigger));
    String jit = text("jit", WireNames.of(Jit.C1), JIT, "must be c1 or c2");
    List<String> secrets = texts("secrets");
    if (hasProblems() || trigger == null) {
      return null;
    }
    return new EntryPoint(
        name,
        module,
        className,
        trigger,
        memory,
        cpu,
        concurrency,
        min,
        max,
        Duration.ofSeconds(timeout),
        WireNames.parse(Jit.class, jit),
        secrets);
  }

  private static int secondsMax(@Nullable Trigger trigger) {
    return switch (trigger) {
      case Trigger.Http _ -> HTTP_SECONDS_MAX;
      case Trigger.Schedule _ -> SCHEDULE_SECONDS_MAX;
      case Trigger.FirestoreDocument _,
          Trigger.RealtimeRef _,
          Trigger.Account _,
          Trigger.StorageObject _,
          Trigger.PubSub _ ->
          EVENT_SECONDS_MAX;
      case null -> HTTP_SECONDS_MAX;
    };
  }

  private @Nullable Trigger trigger() {
    if (!(value("trigger") instanceof Map<?, ?> trigger) || trigger.size() != 1) {
      problem("`trigger` must hold one of http, firestore, rtdb, auth, storage, pubsub, schedule");
      return null;
    }
    var only = trigger.entrySet().iterator().next();
    Map<?, ?> details = only.getValue() instanceof Map<?, ?> m ? m : Map.of();
    return switch (String.valueOf(only.getKey())) {
      case "http" -> http(only.getValue());
      case "firestore" -> firestore(details);
      case "rtdb" -> realtime(details);
      case "auth" -> account(details);
      case "storage" -> storage(details);
      case "pubsub" -> pubSub(details);
      case "schedule" -> schedule(details);
      default -> {
        problem("`trigger` does not know " + only.getKey());
        yield null;
      }
    };
  }

  private Trigger http(@Nullable Object value) {
    List<String> paths = texts("http", value);
    if (paths.isEmpty()) {
      problem("`http` needs a path");
    }
    paths.stream()
        .filter(path -> !PATH.matcher(path).matches())
        .forEach(path -> problem("`http` holds " + path + ", which is not like /api/things"));
    return new Trigger.Http(paths);
  }

  private Trigger firestore(Map<?, ?> details) {
    only(details, Set.of("document", "event"));
    String document = detail(details, "document");
    if (!document.isEmpty() && !DOCUMENT.matcher(document).matches()) {
      problem("`document` must be like things/{id}");
    }
    return new Trigger.FirestoreDocument(document, oneOf(details, "event", EVENTS));
  }

  private Trigger realtime(Map<?, ?> details) {
    only(details, Set.of("ref", "event", "instance"));
    String ref = detail(details, "ref");
    if (!ref.isEmpty() && !REF.matcher(ref).matches()) {
      problem("`ref` must be like things/{id}");
    }
    String instance = details.containsKey("instance") ? detail(details, "instance") : null;
    if (instance != null && !instance.isEmpty() && !INSTANCE.matcher(instance).matches()) {
      problem("`instance` must be the name of a database");
    }
    return new Trigger.RealtimeRef(ref, oneOf(details, "event", EVENTS), instance);
  }

  private Trigger account(Map<?, ?> details) {
    only(details, Set.of("event"));
    String event = detail(details, "event");
    if (!event.equals("deleted")) {
      problem("`event` must be deleted");
    }
    return new Trigger.Account(event);
  }

  private Trigger storage(Map<?, ?> details) {
    only(details, Set.of("bucket", "event"));
    return new Trigger.StorageObject(
        oneOf(details, "bucket", BUCKETS), oneOf(details, "event", OBJECT_EVENTS));
  }

  private String oneOf(Map<?, ?> details, String key, List<String> values) {
    String value = detail(details, key);
    if (!values.contains(value)) {
      problem("`" + key + "` must be one of " + String.join(", ", values));
    }
    return value;
  }

  private Trigger pubSub(Map<?, ?> details) {
    only(details, Set.of("topic"));
    return new Trigger.PubSub(detail(details, "topic"));
  }

  private @Nullable Trigger schedule(Map<?, ?> details) {
    only(details, Set.of("cron", "timeZone"));
    String cron = detail(details, "cron");
    if (!cron.isEmpty() && !CRON.matcher(cron).matches()) {
      problem("`cron` must have five fields");
    }
    String timeZone = detail(details, "timeZone");
    try {
      return new Trigger.Schedule(cron, ZoneId.of(timeZone));
    } catch (DateTimeException e) {
      problem("`timeZone` is not a time zone");
      return null;
    }
  }

  private void only(Map<?, ?> details, Set<String> known) {
    Manifests.unknown(details, known).forEach(key -> problem("`trigger` does not know " + key));
  }

  private String detail(Map<?, ?> details, String key) {
    if (details.get(key) instanceof String text && !text.isBlank()) {
      return text;
    }
    problem("`trigger` needs `" + key + "`");
    return "";
  }
}
