package dev.fireside.shared.manifest;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one job of a manifest and collects what is wrong with it.
final class JobReader extends FieldReader {
  private static final Set<String> KEYS =
      Set.of("name", "class", "startedBy", "memory", "cpu", "timeout", "secrets");
  private static final int SECONDS_MAX = 86_400;
  private static final int SECONDS = 600;

  JobReader(String source, Map<?, ?> map, List<String> problems) {
    super(source, map, problems);
  }

  @Nullable JobEntry read(String module) {
    checkKeys(KEYS);
    String name = name();
    String className = className();
    List<String> startedBy = texts("startedBy");
    if (startedBy.isEmpty()) {
      problem("`startedBy` needs a module");
    }
    String memory = memory();
    int cpu = cpu();
    int timeout = number("timeout", SECONDS, 1, SECONDS_MAX);
    List<String> secrets = texts("secrets");
    return hasProblems()
        ? null
        : new JobEntry(
            name, module, className, startedBy, memory, cpu, Duration.ofSeconds(timeout), secrets);
  }
}
