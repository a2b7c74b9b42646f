package dev.fireside.shared.manifest;

import java.time.Duration;
import java.util.List;

/// One entry of `functions.yaml`: one function, deployed as one service.
///
/// @param name unique name, also that of the service: lower case, digits, `-`
/// @param module the module the manifest belongs to
/// @param className the class with the public no-arg constructor
/// @param trigger what calls it
/// @param memory as Cloud Run writes it, such as `512Mi`
/// @param cpu vCPUs
/// @param concurrency requests at once in one instance, 1 to 1000
/// @param minInstances instances kept warm
/// @param maxInstances instances at most
/// @param timeout time for one request or event; at most 540 s for events, 3600 s for HTTP
/// @param jit how far Java compiles it while it runs
/// @param secrets names of secrets given as variables
public record EntryPoint(
    String name,
    String module,
    String className,
    Trigger trigger,
    String memory,
    int cpu,
    int concurrency,
    int minInstances,
    int maxInstances,
    Duration timeout,
    Jit jit,
    List<String> secrets) {
  public EntryPoint {
    secrets = List.copyOf(secrets);
  }
}
