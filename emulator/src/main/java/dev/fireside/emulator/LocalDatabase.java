package dev.fireside.emulator;

import dev.fireside.emulator.database.DatabaseOptions;
import dev.fireside.emulator.database.DatabaseServer;
import dev.fireside.emulator.database.engine.Written;
import dev.fireside.emulator.database.rules.RulesException;
import dev.fireside.emulator.database.tree.InvalidDataException;
import dev.fireside.emulator.database.tree.Json;
import dev.fireside.emulator.database.tree.Node;
import dev.fireside.emulator.database.tree.Path;
import dev.fireside.emulator.events.EmulatorRest;
import dev.fireside.emulator.events.RealtimeWrite;
import dev.fireside.emulator.process.Ports;
import dev.fireside.emulator.process.StartUpException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The Realtime Database of a [LocalCloud]: our own server, or that of an emulator suite that runs
/// already. Each project has a database of its own in it.
public final class LocalDatabase implements AutoCloseable {
  private final String address;
  private final @Nullable DatabaseServer own;
  private final EmulatorRest rest;

  private LocalDatabase(String address, @Nullable DatabaseServer own, HttpClient http) {
    this.address = address;
    this.own = own;
    this.rest = new EmulatorRest(http, address);
  }

  static LocalDatabase start(CloudOptions.Database options, String project, HttpClient http) {
    int port = Ports.claim(options.port(), "the Realtime Database");
    try {
      // Tokens go by the system's clock, as those of the local Auth do.
      DatabaseServer own =
          DatabaseServer.start(
              new DatabaseOptions(
                  port,
                  Clock.systemUTC(),
                  namespace(project),
                  options.rules(),
                  options.directory()));
      imported(own, options, project);
      return new LocalDatabase(own.address(), own, http);
    } catch (RulesException e) {
      throw new StartUpException(options.rules() + " has a mistake. " + e.getMessage());
    }
  }

  private static void imported(DatabaseServer own, CloudOptions.Database options, String project) {
    if (options.imported() != null) {
      try {
        own.load(namespace(project), options.imported());
      } catch (IOException | InvalidDataException e) {
        own.close();
        throw new StartUpException(
            options.imported() + " cannot be imported: " + e.getMessage(), e);
      }
    }
  }

  static LocalDatabase external(String address, HttpClient http) {
    return new LocalDatabase(address, null, http);
  }

  /// The name of a project's database.
  static String namespace(String projectId) {
    return projectId + "-default-rtdb";
  }

  /// `host:port`.
  public String address() {
    return address;
  }

  /// The address of a project's database, as `FIREBASE_DATABASE_URLS` has it.
  public String url(String projectId) {
    return urlOf(namespace(projectId));
  }

  /// The address of a database of that name.
  public String urlOf(String namespace) {
    return "http://" + address + "/?ns=" + namespace;
  }

  /// Has `listener` learn of every write to a database. That of an emulator suite reports to
  /// functions of that suite only.
  void onWritten(String namespace, Consumer<RealtimeWrite> listener) {
    if (own != null) {
      own.watch(namespace, written -> listener.accept(write(written)));
    }
  }

  private static RealtimeWrite write(Written written) {
    return new RealtimeWrite(
        written.namespace(),
        written.write().puts().keySet().stream()
            .map(path -> String.join("/", path.segments()))
            .toList(),
        path -> json(written.before(), path),
        path -> json(written.after(), path),
        written.time(),
        written.who().type(),
        written.who().uid());
  }

  private static com.fasterxml.jackson.databind.JsonNode json(Node root, String path) {
    return Json.tree(root.at(Path.parse(path)), Json.Format.OBJECTS);
  }

  /// Empties a database.
  void reset(String namespace) {
    rest.call("DELETE", "/.json?ns=" + namespace, null, 200);
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
  }
}
