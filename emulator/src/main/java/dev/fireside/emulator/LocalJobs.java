package dev.fireside.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fireside.emulator.process.Directories;
import dev.fireside.emulator.process.JavaProcess;
import dev.fireside.emulator.process.Ports;
import dev.fireside.shared.manifest.JobEntry;
import dev.fireside.shared.manifest.Manifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Cloud Run jobs of a [LocalCloud]: the call that starts one (`POST
/// /v2/projects/P/locations/L/jobs/J:run`) runs its class in a process of its own, with the class
/// path of this one and the settings of the project. No more run at once than there are cores;
/// others wait.
public final class LocalJobs implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LocalJobs.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern RUN =
      Pattern.compile("/v2/projects/([^/]+)/locations/[^/]+/jobs/([^/:]+):run");
  private static final int BODY_BYTES_MAX = 1024 * 1024;

  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Path folder;
  private final Semaphore turns =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  private final AtomicInteger count = new AtomicInteger();
  private final Map<String, Project> projects = new ConcurrentHashMap<>();

  private LocalJobs(HttpServer server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  /// An execution that was asked for.
  ///
  /// @param job its name
  /// @param variables what the call said, beside what all executions have
  public record Execution(String job, Map<String, String> variables) {
    public Execution {
      variables = Map.copyOf(variables);
    }
  }

  /// @param environment that all executions have
  /// @param runs whether jobs run, or are only kept in mind
  private record Project(
      Map<String, String> environment,
      boolean runs,
      List<Execution> asked,
      Map<JavaProcess, String> processes,
      AtomicInteger unfinished) {}

  static LocalJobs start() {
    int port = Ports.claim(0, "jobs");
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(Ports.HOST), port), 0);
      var jobs = new LocalJobs(server, Directories.forChild("jobs", port));
      server.setExecutor(jobs.executor);
      server.createContext("/", jobs::handle);
      server.start();
      return jobs;
    } catch (IOException e) {
      throw new UncheckedIOException("The local jobs cannot listen on port " + port, e);
    }
  }

  /// `host:port`, the value of `JOBS_EMULATOR_HOST`.
  public String address() {
    return Ports.HOST + ":" + server.getAddress().getPort();
  }

  /// Makes a project's jobs known.
  ///
  /// @param runs whether they run; else they are only kept in mind, for [#asked]
  void add(String projectId, Map<String, String> environment, boolean runs) {
    projects.put(
        projectId,
        new Project(
            Map.copyOf(environment),
            runs,
            new CopyOnWriteArrayList<>(),
            new ConcurrentHashMap<>(),
            new AtomicInteger()));
  }

  /// Ends a project's executions.
  void remove(String projectId) {
    Project project = projects.remove(projectId);
    if (project != null) {
      project.processes().keySet().forEach(JavaProcess::close);
    }
  }

  /// Ends a project's executions, and forgets them.
  void reset(String projectId) {
    Project project = projects.get(projectId);
    if (project != null) {
      project.processes().keySet().forEach(JavaProcess::close);
      project.asked().clear();
    }
  }

  /// The executions that a project asked for, in order.
  List<Execution> asked(String projectId) {
    Project project = projects.get(projectId);
    return project == null ? List.of() : List.copyOf(project.asked());
  }

  /// How many executions of a project run or wait.
  int unfinished(String projectId) {
    Project project = projects.get(projectId);
    return project == null ? 0 : project.unfinished().get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Matcher call = RUN.matcher(exchange.getRequestURI().getPath());
      byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX);
      Project project = call.matches() ? projects.get(call.group(1)) : null;
      JobEntry job = call.matches() ? job(call.group(2)) : null;
      if (project == null || (project.runs() && job == null)) {
        answer(exchange, 404, "{\"error\": {\"code\": 404, \"status\": \"NOT_FOUND\"}}");
        return;
      }
      var execution = new Execution(call.group(2), overrides(body));
      project.asked().add(execution);
      if (project.runs() && job != null) {
        project.unfinished().incrementAndGet();
        executor.execute(() -> run(project, job, execution));
      }
      answer(
          exchange,
          200,
          "{\"name\": \"operations/%d\", \"done\": false}".formatted(count.incrementAndGet()));
    }
  }

  private static @org.jspecify.annotations.Nullable JobEntry job(String name) {
    return Manifests.jobs(LocalJobs.class.getClassLoader()).stream()
        .filter(job -> job.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static Map<String, String> overrides(byte[] body) throws IOException {
    var variables = new HashMap<String, String>();
    for (JsonNode container : JSON.readTree(body).at("/overrides/containerOverrides")) {
      for (JsonNode variable : container.path("env")) {
        variables.put(variable.path("name").asText(), variable.path("value").asText());
      }
    }
    return variables;
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void run(Project project, JobEntry job, Execution execution) {
    turns.acquireUninterruptibly();
    try {
      var environment = new HashMap<>(project.environment());
      environment.putAll(execution.variables());
      String name = job.name() + "-" + count.incrementAndGet();
      try (JavaProcess process = JavaProcess.start(name, folder, job.className(), environment)) {
        project.processes().put(process, job.name());
        if (projects.containsValue(project)) {
          int status = process.await(job.timeout());
          if (status != 0) {
            log.warn("Job {} ended with {}; its log is {}", name, status, process.log());
          }
        }
        project.processes().remove(process);
      }
    } catch (RuntimeException e) {
      log.error("Job {} could not be run", job.name(), e);
    } finally {
      project.unfinished().decrementAndGet();
      turns.release();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    projects.keySet().forEach(this::remove);
    executor.shutdownNow();
    Directories.remove(folder);
  }
}
