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
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads every `functions.yaml` on the class path; each module's jar holds its own.
public final class Manifests {
  /// Where a module's jar keeps its manifest.
  public static final String RESOURCE = "META-INF/fireside/functions.yaml";

  private static final Set<String> TOP_KEYS = Set.of("module", "functions");

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
    var problems = new ArrayList<String>();
    var entries = new ArrayList<EntryPoint>();
    texts.forEach((source, text) -> entries.addAll(parse(source, text, problems)));
    checkUnique(entries, problems);
    if (!problems.isEmpty()) {
      throw new ManifestException(problems);
    }
    entries.sort(Comparator.comparing(EntryPoint::name));
    return List.copyOf(entries);
  }

  private static List<EntryPoint> parse(String source, String text, List<String> problems) {
    Object root;
    try {
      root = new Load(LoadSettings.builder().setLabel(source).build()).loadFromString(text);
    } catch (YamlEngineException e) {
      problems.add(source + ": is not YAML: " + e.getMessage());
      return List.of();
    }
    if (!(root instanceof Map<?, ?> top)
        || !(top.get("module") instanceof String module)
        || !(top.get("functions") instanceof List<?> list)) {
      problems.add(source + ": needs `module` and a list `functions`");
      return List.of();
    }
    unknown(top, TOP_KEYS).forEach(key -> problems.add(source + ": does not know the key " + key));
    var entries = new ArrayList<EntryPoint>();
    for (Object item : list) {
      if (item instanceof Map<?, ?> map) {
        EntryPoint entry = new EntryReader(source, map, problems).read(module);
        if (entry != null) {
          entries.add(entry);
        }
      } else {
        problems.add(source + ": an entry of `functions` is not a map");
      }
    }
    return entries;
  }

  static List<String> unknown(Map<?, ?> map, Set<String> known) {
    return map.keySet().stream()
        .map(String::valueOf)
        .filter(key -> !known.contains(key))
        .sorted()
        .toList();
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
}
