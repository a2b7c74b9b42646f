package dev.fireside.shared.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads every `functions.yaml` on the class path; each module's jar holds its own.
public final class Manifests {
  /// Where a module's jar keeps its manifest.
  public static final String RESOURCE = "META-INF/fireside/functions.yaml";

  private static final Set<String> TOP_KEYS = Set.of("module", "functions", "jobs");

  private Manifests() {}

  /// All entry points of the class path, by name. Throws [ManifestException] listing all that is
  /// wrong.
  public static List<EntryPoint> load(ClassLoader loader) {
    return parsed(texts(loader));
  }

  /// The entry points of the manifests that mention `target`, by name; all, where none does. One
  /// process serves one function, and parsing the manifests of the others takes longer than most
  /// requests. Throws [ManifestException] listing all that is wrong in what it parsed.
  public static List<EntryPoint> load(ClassLoader loader, String target) {
    Map<String, String> texts = texts(loader);
    var mentioning = new TreeMap<>(texts);
    mentioning.values().removeIf(text -> !text.contains(target));
    return parsed(mentioning.isEmpty() ? texts : mentioning);
  }

  /// All jobs of the class path, by name. Throws [ManifestException] listing all that is wrong.
  public static List<JobEntry> jobs(ClassLoader loader) {
    return read(texts(loader)).jobs();
  }

  /// The manifests by where they are.
  private static Map<String, String> texts(ClassLoader loader) {
    var texts = new TreeMap<String, String>();
    try {
      for (URL url : Collections.list(loader.getResources(RESOURCE))) {
        try (InputStream in = url.openStream()) {
          texts.put(url.toString(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  private static List<EntryPoint> parsed(Map<String, String> texts) {
    return read(texts).entries();
  }

  private record Read(List<EntryPoint> entries, List<JobEntry> jobs) {}

  private static Read read(Map<String, String> texts) {
    var problems = new ArrayList<String>();
    var all = new Read(new ArrayList<>(), new ArrayList<>());
    texts.forEach((source, text) -> parse(source, text, problems, all));
    checkUnique(all, problems);
    if (!problems.isEmpty()) {
      throw new ManifestException(problems);
    }
    return new Read(
        all.entries().stream().sorted(Comparator.comparing(EntryPoint::name)).toList(),
        all.jobs().stream().sorted(Comparator.comparing(JobEntry::name)).toList());
  }

  private static void parse(String source, String text, List<String> problems, Read all) {
    Object root;
    try {
      root = new Load(LoadSettings.builder().setLabel(source).build()).loadFromString(text);
    } catch (YamlEngineException e) {
      problems.add(source + ": is not YAML: " + e.getMessage());
      return;
    }
    if (!(root instanceof Map<?, ?> top) || !(top.get("module") instanceof String module)) {
      problems.add(source + ": needs `module` and a list `functions` or `jobs`");
      return;
    }
    unknown(top, TOP_KEYS).forEach(key -> problems.add(source + ": does not know the key " + key));
    if (!top.containsKey("functions") && !top.containsKey("jobs")) {
      problems.add(source + ": needs `module` and a list `functions` or `jobs`");
    }
    for (Map<?, ?> map : maps(source, top, "functions", problems)) {
      add(all.entries(), new EntryReader(source, map, problems).read(module));
    }
    for (Map<?, ?> map : maps(source, top, "jobs", problems)) {
      add(all.jobs(), new JobReader(source, map, problems).read(module));
    }
  }

  private static <T> void add(List<T> list, @Nullable T item) {
    if (item != null) {
      list.add(item);
    }
  }

  private static List<Map<?, ?>> maps(
      String source, Map<?, ?> top, String key, List<String> problems) {
    Object value = top.get(key);
    if (value == null && !top.containsKey(key)) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      problems.add(source + ": needs `module` and a list `functions` or `jobs`");
      return List.of();
    }
    var maps = new ArrayList<Map<?, ?>>();
    for (Object item : list) {
      if (item instanceof Map<?, ?> map) {
        maps.add(map);
      } else {
        problems.add(source + ": an entry of `" + key + "` is not a map");
      }
    }
    return maps;
  }

  static List<String> unknown(Map<?, ?> map, Set<String> known) {
    return map.keySet().stream()
        .map(String::valueOf)
        .filter(key -> !known.contains(key))
        .sorted()
        .toList();
  }

  private static void checkUnique(Read all, List<String> problems) {
    var owners = new HashMap<String, String>();
    BiConsumer<String, String> claim =
        (what, name) -> {
          String other = owners.putIfAbsent(what, name);
          if (other != null) {
            problems.add(what + " belongs to both " + other + " and " + name);
          }
        };
    all.jobs().forEach(job -> claim.accept("name " + job.name(), job.name()));
    for (EntryPoint entry : all.entries()) {
      claim.accept("name " + entry.name(), entry.name());
      if (entry.trigger() instanceof Trigger.Http http) {
        http.paths().forEach(path -> claim.accept("path " + path, entry.name()));
      }
    }
  }
}
