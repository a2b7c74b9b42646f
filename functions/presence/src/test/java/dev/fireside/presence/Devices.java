package dev.fireside.presence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.realtime.RealtimeDatabase;
import dev.fireside.social.testing.Crowd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// People and their devices: what clients write to the Realtime Database, under its rules, and what
/// the database itself does when one of them is gone.
final class Devices extends Crowd {
  static final String NOW = "{\".sv\":\"timestamp\"}";

  private final HttpClient http = HttpClient.newHttpClient();

  Devices(FiresideExtension fireside) {
    super(fireside);
  }

  RealtimeDatabase database() {
    return fireside.platform().realtime().main();
  }

  /// Connects a device, as its client does.
  void connect(String uid, String connection) {
    say(uid, connection, "online");
  }

  void say(String uid, String connection, String state) {
    int status = put(uid, "status/" + uid + "/" + connection, status(state));
    if (status / 100 != 2) {
      throw new AssertionError("The database answered " + status);
    }
  }

  static String status(String state) {
    return "{\"state\":\"" + state + "\",\"at\":" + NOW + "}";
  }

  /// Ends connections, as the database does for clients that are gone.
  void drop(String... paths) {
    var gone = new HashMap<String, @Nullable Object>();
    for (String path : paths) {
      gone.put("status/" + path, null);
    }
    database().update(gone);
  }

  /// Writes as a person, under the rules.
  ///
  /// @return the status of the answer
  int put(String uid, String path, String json) {
    return send(uid, "PUT", path, json).statusCode();
  }

  /// Whether the rules let somebody listen to another.
  boolean mayWatch(String watcher, String uid) {
    return at("watchers/" + uid + "/" + watcher).asLong() > fireside.clock().millis();
  }

  private HttpResponse<String> send(String uid, String method, String path, @Nullable String body) {
    String address = String.valueOf(database().url());
    String token = fireside.project().token(uid, Map.of());
    try {
      return http.send(
          HttpRequest.newBuilder(
                  URI.create(address.replace("/?", "/" + path + ".json?") + "&auth=" + token))
              .method(
                  method,
                  body == null
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// What is at a path, for the owner of the database.
  JsonNode at(String path) {
    return database().get(path);
  }

  void visibleTo(String uid, String audience) {
    settings(uid, Map.of("visibility", audience));
  }

  void settings(String uid, Object settings) {
    Reply reply = as(uid).patch("/api/presence/me", settings);
    if (reply.status() != 200) {
      throw new AssertionError(reply.toString());
    }
    fireside.settle();
  }

  /// What somebody sees of a person, such as `online`, `online: in a match` or `nothing`.
  String seen(String viewer, String uid) {
    Reply reply = as(viewer).get("/api/presence?users=" + uid);
    if (reply.status() != 200) {
      throw new AssertionError(reply.toString());
    }
    JsonNode item = reply.body().path("items").path(0);
    if (item.isMissingNode()) {
      return "nothing";
    }
    return item.path("state").asText()
        + (item.has("activity") ? ": " + item.path("activity").asText() : "");
  }

  Reply watch(String watcher, String... people) {
    return as(watcher).put("/api/presence/watching", Map.of("users", List.of(people)));
  }

  static JsonNode json(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
