package dev.fireside.runtime;

import dev.fireside.shared.Platform;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.config.ConfigException;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.manifest.EntryPoint;
import dev.fireside.shared.manifest.ManifestException;
import dev.fireside.shared.manifest.Manifests;
import dev.fireside.shared.telemetry.Logs;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.MimeTypes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves the function that `FUNCTION_TARGET` names, or all of them, on `PORT`.
public final class Main {
  private static final String DEFAULT_PORT = "8080";

  private Main() {}

  /// Runs until SIGTERM; then requests in flight finish first.
  public static void main(String[] args) throws InterruptedException {
    // Before anything logs, and without touching the class: that alone would make the JDK's own.
    System.setProperty("java.util.logging.manager", DrainingLogManager.class.getName());
    try {
      run(System.getenv());
    } catch (ConfigException | ManifestException | FunctionException | IOException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Map<String, String> environment)
      throws IOException, InterruptedException {
    Config config = Config.from(environment);
    Thread.ofPlatform().name("open-json").daemon().start(Main::openJson);
    Logs.installJson(config);
    DrainingLogManager.keepHandlers();
    var platform = new Platform(config, Clock.systemUTC());
    platform.open();
    FunctionServer server = serve(platform, environment);
    log().info("Serving on port {} after {} ms", server.port(), sinceStart().toMillis());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  platform.close();
                },
                "drain"));
    server.join();
  }

  /// Makes beside the rest what the first log and the first answer need: both ask Java for all
  /// locales that there are.
  private static void openJson() {
    Json.mapper();
    MimeTypes.getCharsetFromContentType("application/json");
  }

  /// Not a field: it would be made before [DrainingLogManager] is asked for.
  private static Logger log() {
    return LoggerFactory.getLogger(Main.class);
  }

  private static Duration sinceStart() {
    Instant now = Instant.now();
    return Duration.between(ProcessHandle.current().info().startInstant().orElse(now), now);
  }

  private static FunctionServer serve(Platform platform, Map<String, String> environment)
      throws IOException {
    int port = port(environment.getOrDefault("PORT", DEFAULT_PORT));
    String target = target(environment.get("FUNCTION_TARGET"));
    ClassLoader loader = Main.class.getClassLoader();
    List<EntryPoint> entryPoints =
        target == null ? Manifests.load(loader) : Manifests.load(loader, target);
    var options =
        new ServerOptions("0.0.0.0", port, target, environment.containsKey("K_SERVICE"), List.of());
    try {
      return FunctionServer.start(platform, entryPoints, options);
    } catch (IOException e) {
      throw new IOException("Port " + port + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static @Nullable String target(@Nullable String variable) {
    return variable == null || variable.isBlank() || variable.equals("all") ? null : variable;
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new FunctionException("PORT must be a number, not `" + text + "`", e);
    }
  }
}
