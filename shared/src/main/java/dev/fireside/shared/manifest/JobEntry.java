package dev.fireside.shared.manifest;

import java.time.Duration;
import java.util.List;

/// One job of `functions.yaml`: a process that is started for one piece of work and ends with it,
/// deployed as a Cloud Run job.
///
/// @param name unique name, also that of the deployed job: lower case, digits, `-`
/// @param module the module the manifest belongs to
/// @param className the class with `public static void main(String[])`
/// @param startedBy modules that may start it
/// @param memory as Cloud Run writes it, such as `512Mi`
/// @param cpu vCPUs
/// @param timeout time for one execution, at most a day
/// @param secrets names of secrets given as variables
public record JobEntry(
    String name,
    String module,
    String className,
    List<String> startedBy,
    String memory,
    int cpu,
    Duration timeout,
    List<String> secrets) {
  public JobEntry {
    startedBy = List.copyOf(startedBy);
    secrets = List.copyOf(secrets);
  }
}
