package dev.fireside.emulator;

import dev.fireside.emulator.events.RetryPolicy;
import dev.fireside.shared.manifest.EntryPoint;
import java.util.List;
import java.util.Map;

/// What a [LocalProject] is made of.
///
/// @param projectId the Google Cloud project
/// @param redisKeyPrefix parts it from other projects in Redis; empty where there are none
/// @param port where its functions are served; 0 for a free port
/// @param entryPoints the functions it has
/// @param topics topics that functions publish to, beside those that trigger them
/// @param variables settings of the functions, over the project's own
/// @param retry how failed events are tried again
/// @param schedules whether schedules fire by themselves
/// @param jobs whether jobs run; else they are only kept in mind
public record ProjectOptions(
    String projectId,
    String redisKeyPrefix,
    int port,
    List<EntryPoint> entryPoints,
    List<String> topics,
    Map<String, String> variables,
    RetryPolicy retry,
    boolean schedules,
    boolean jobs) {
  public ProjectOptions {
    entryPoints = List.copyOf(entryPoints);
    topics = List.copyOf(topics);
    variables = Map.copyOf(variables);
  }

  /// Without jobs that run.
  public ProjectOptions(
      String projectId,
      String redisKeyPrefix,
      int port,
      List<EntryPoint> entryPoints,
      List<String> topics,
      Map<String, String> variables,
      RetryPolicy retry,
      boolean schedules) {
    this(projectId, redisKeyPrefix, port, entryPoints, topics, variables, retry, schedules, false);
  }
}
