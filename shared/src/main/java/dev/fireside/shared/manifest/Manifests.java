package dev.fireside.shared.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Reads every `functions.yaml` on the class path; each module's jar holds its own.
public final class Manifests {
  /// Where a module's jar keeps its manifest.
  public static final String RESOURCE = "META-INF/fireside/functions.yaml";

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
          "secrets");
  private static final Set<String> EVENTS = Set.of("created", "updated", "deleted", "written");

  private Manifests() {}

  /// All entry points of the class path, by name. Throws [ManifestException] listing all that is
  /// wrong.
  public static List<EntryPoint> load(ClassLoader loader) {
    var problems = new ArrayList<String>();
    var entries = new ArrayList<EntryPoint>();
    try {
      for (URL url : Collections.list(loader.getResources(RESOURCE))) {
        try (InputStream in = url.openStream()) {
          entries.addAll(parse(url.toString(), in, problems));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    checkUnique(entries, problems);
    if (!problems.isEmpty()) {
      throw new ManifestException(problems);
    }
    entries.sort(Comparator.comparing(EntryPoint::name));
    return List.copyOf(entries);
  }

  private static List<EntryPoint> parse(String source, InputStream in, List<String> problems) {
    Object root = new Load(LoadSettings.builder().setLabel(source).build()).loadFromInputStream(in);
    if (!(root instanceof Map<?, ?> top)
        || !(top.get("module") instanceof String module)
        || !(top.get("functions") instanceof List<?> list)) {
      problems.add(source + ": needs `module` and a list `functions`");
      return List.of();
    }
    var entries = new ArrayList<EntryPoint>();
    for (Object item : list) {
      if (item instanceof Map<?, ?> map) {
        var reader = new EntryReader(source, map, problems);
        EntryPoint entry = reader.read(module);
        if (entry != null) {
          entries.add(entry);
        }
      } else {
        problems.add(source + ": an entry of `functions` is not a map");
      }
    }
    return entries;
  }

  private static void checkUnique(List<EntryPoint> entries, List<String> problems) {
    var owners = new HashMap<String, String>();
    BiConsumer<String, EntryPoint> claim =
        (what, entry) -> {
          String other = owners.putIfAbsent(what, entry.name());
          if (other != null) {
            problems.add(what + " belongs to both " + other + " and " + entry.name());
          }
        };
    for (EntryPoint entry : entries) {
      claim.accept("name " + entry.name(), entry);
      if (entry.trigger() instanceof Trigger.Http http) {
        http.paths().forEach(path -> claim.accept("path " + path, entry));
      }
    }
  }

  /// Reads one entry and collects what is wrong with it.
  private static final class EntryReader {
    private final Map<?, ?> map;
    private final List<String> problems;
    private final String where;
    private final int problemsBefore;

    EntryReader(String source, Map<?, ?> map, List<String> problems) {
      this.map = map;
      this.problems = problems;
      this.where = source + ": " + map.get("name");
      this.problemsBefore = problems.size();
    }

    @Nullable EntryPoint read(String module) {
      var unknown = new HashSet<Object>(map.keySet());
      unknown.removeAll(KEYS);
      unknown.forEach(key -> problem("does not know the key " + key));
      String name = text("name", null);
      if (!name.matches("[a-z][a-z0-9-]{0,48}")) {
        problem("`name` must be lower case, digits and `-`");
      }
      String className = text("class", null);
      Trigger trigger = trigger();
      String memory = text("memory", "512Mi");
      int cpu = number("cpu", 1, 1, 8);
      int concurrency = number("concurrency", 80, 1, 1000);
      int min = number("minInstances", 0, 0, 1000);
      int max = number("maxInstances", 100, 1, 1000);
      int timeout = number("timeout", 60, 1, trigger instanceof Trigger.Http ? 3600 : 540);
      List<String> secrets = texts("secrets", map.get("secrets"));
      if (problems.size() > problemsBefore || trigger == null) {
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
          secrets);
    }

    private @Nullable Trigger trigger() {
      if (!(map.get("trigger") instanceof Map<?, ?> trigger) || trigger.size() != 1) {
        problem("`trigger` must hold one of http, firestore, pubsub, schedule");
        return null;
      }
      var only = trigger.entrySet().iterator().next();
      Map<?, ?> details = only.getValue() instanceof Map<?, ?> m ? m : Map.of();
      return switch (String.valueOf(only.getKey())) {
        case "http" -> new Trigger.Http(texts("http", only.getValue()));
        case "firestore" -> firestore(details);
        case "pubsub" -> new Trigger.PubSub(detail(details, "topic"));
        case "schedule" -> schedule(details);
        default -> {
          problem("`trigger` does not know " + only.getKey());
          yield null;
        }
      };
    }

    private Trigger firestore(Map<?, ?> details) {
      String event = detail(details, "event");
      if (!EVENTS.contains(event)) {
        problem("`event` must be one of " + EVENTS);
      }
      return new Trigger.FirestoreDocument(detail(details, "document"), event);
    }

    private @Nullable Trigger schedule(Map<?, ?> details) {
      try {
        return new Trigger.Schedule(
            detail(details, "cron"), ZoneId.of(detail(details, "timeZone")));
      } catch (DateTimeException e) {
        problem("`timeZone` is not a time zone");
        return null;
      }
    }

    private String detail(Map<?, ?> details, String key) {
      if (details.get(key) instanceof String text && !text.isBlank()) {
        return text;
      }
      problem("`trigger` needs `" + key + "`");
      return "";
    }

    private String text(String key, @Nullable String fallback) {
      Object value = map.get(key);
      if (value instanceof String text && !text.isBlank()) {
        return text;
      }
      if (value == null && fallback != null) {
        return fallback;
      }
      problem("`" + key + "` must be a text");
      return "";
    }

    private int number(String key, int fallback, int min, int max) {
      Object value = map.get(key);
      if (value == null) {
        return fallback;
      }
      if (value instanceof Integer number && number >= min && number <= max) {
        return number;
      }
      problem("`" + key + "` must be a whole number from " + min + " to " + max);
      return fallback;
    }

    private List<String> texts(String key, @Nullable Object value) {
      if (value == null) {
        return List.of();
      }
      if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
        return list.stream().map(String.class::cast).toList();
      }
      problem("`" + key + "` must be a list of texts");
      return List.of();
    }

    private void problem(String text) {
      problems.add(where + " " + text);
    }
  }
}
