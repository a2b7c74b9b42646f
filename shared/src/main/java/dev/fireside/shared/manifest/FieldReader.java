package dev.fireside.shared.manifest;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads fields of something in a manifest and collects what is wrong with them.
abstract class FieldReader {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,48}");
  private static final Pattern MEMORY = Pattern.compile("[1-9][0-9]{0,4}(Mi|Gi)");
  private static final int CPU_MAX = 8;

  private final Map<?, ?> map;
  private final List<String> problems;
  private final String where;
  private final int problemsBefore;

  FieldReader(String source, Map<?, ?> map, List<String> problems) {
    this.map = map;
    this.problems = problems;
    this.where = source + ": " + map.get("name");
    this.problemsBefore = problems.size();
  }

  final void checkKeys(Set<String> known) {
    Manifests.unknown(map, known).forEach(key -> problem("does not know the key " + key));
  }

  final boolean hasProblems() {
    return problems.size() > problemsBefore;
  }

  final @Nullable Object value(String key) {
    return map.get(key);
  }

  final String name() {
    return text("name", null, NAME, "must be lower case letters, digits and `-`");
  }

  final String className() {
    return text("class", null, null, "");
  }

  final String memory() {
    return text("memory", "512Mi", MEMORY, "must be like 512Mi or 2Gi");
  }

  final int cpu() {
    return number("cpu", 1, 1, CPU_MAX);
  }

  final List<String> texts(String key) {
    return texts(key, map.get(key));
  }

  final String text(String key, @Nullable String fallback, @Nullable Pattern form, String rule) {
    Object value = map.get(key);
    if (value == null && fallback != null) {
      return fallback;
    }
    if (!(value instanceof String text) || text.isBlank()) {
      problem("`" + key + "` must be a text");
      return "";
    }
    if (form != null && !form.matcher(text).matches()) {
      problem("`" + key + "` " + rule);
    }
    return text;
  }

  final int number(String key, int fallback, int min, int max) {
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

  final List<String> texts(String key, @Nullable Object value) {
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    problem("`" + key + "` must be a list of texts");
    return List.of();
  }

  final void problem(String text) {
    problems.add(where + " " + text);
  }
}
