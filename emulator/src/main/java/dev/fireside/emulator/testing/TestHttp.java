package dev.fireside.emulator.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.fireside.emulator.LocalProject;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.json.WireNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Calls a project's functions over HTTP, as somebody.
public final class TestHttp {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int PAGES_MAX = 1_000;
  private static final ApiContract CONTRACT = ApiContract.load();

  private final HttpClient client;
  private final LocalProject project;

  TestHttp(HttpClient client, LocalProject project) {
    this.client = client;
    this.project = project;
  }

  /// Calls without a token.
  public Caller anonymous() {
    return new Caller(Map.of());
  }

  /// Calls as a person with roles, with a token made now.
  public Caller as(String uid, Role... roles) {
    var claims = new HashMap<String, Object>();
    if (roles.length > 0) {
      claims.put("roles", Arrays.stream(roles).map(WireNames::of).toList());
    }
    return as(uid, claims);
  }

  /// Calls as a person whose token, made now, carries claims.
  public Caller as(String uid, Map<String, Object> claims) {
    return withToken(project.token(uid, claims));
  }

  /// Calls with a token.
  public Caller withToken(String token) {
    return anonymous().header("Authorization", "Bearer " + token);
  }

  /// Somebody who calls functions.
  public final class Caller {
    private final Map<String, String> headers;

    private Caller(Map<String, String> headers) {
      this.headers = Map.copyOf(headers);
    }

    /// The same caller, sending one more header.
    public Caller header(String name, String value) {
      var more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Caller(more);
    }

    public Reply get(String path) {
      return send("GET", path, null);
    }

    public Reply post(String path) {
      return send("POST", path, null);
    }

    public Reply post(String path, Object body) {
      return send("POST", path, body);
    }

    public Reply put(String path) {
      return send("PUT", path, null);
    }

    public Reply put(String path, Object body) {
      return send("PUT", path, body);
    }

    public Reply patch(String path, Object body) {
      return send("PATCH", path, body);
    }

    public Reply delete(String path) {
      return send("DELETE", path, null);
    }

    /// One field of all items of a list, page by page.
    ///
    /// @param path may have a query, such as a limit
    public List<List<String>> pages(String path, String field) {
      var pages = new ArrayList<List<String>>();
      String more = path + (path.contains("?") ? "&" : "?") + "cursor=";
      Reply reply = get(path);
      while (true) {
        if (reply.status() != 200) {
          throw new AssertionError(path + " answered " + reply);
        }
        pages.add(reply.texts(field));
        if (reply.nextCursor().isEmpty()) {
          return pages;
        }
        if (pages.size() == PAGES_MAX) {
          throw new AssertionError(path + " does not end");
        }
        reply = get(more + reply.nextCursor());
      }
    }

    /// One field of all items of a list, whatever its pages are.
    public List<String> list(String path, String field) {
      return pages(path, field).stream().flatMap(List::stream).toList();
    }

    /// Sends `body` as JSON; null for none.
    public Reply send(String method, String path, @Nullable Object body) {
      if (body == null) {
        return exchange(method, path, HttpRequest.BodyPublishers.noBody(), null);
      }
      try {
        return raw(method, path, Json.mapper().writeValueAsBytes(body), "application/json");
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(e);
      }
    }

    /// Sends bytes as they are.
    public Reply raw(String method, String path, byte[] body, String contentType) {
      return exchange(method, path, HttpRequest.BodyPublishers.ofByteArray(body), contentType);
    }

    private Reply exchange(
        String method, String path, HttpRequest.BodyPublisher body, @Nullable String contentType) {
      var request =
          HttpRequest.newBuilder(URI.create(project.baseUrl() + path))
              .timeout(LIMIT)
              .method(method, body);
      headers.forEach(request::setHeader);
      if (contentType != null) {
        request.setHeader("Content-Type", contentType);
      }
      try {
        HttpResponse<byte[]> response =
            client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        var reply = new Reply(response.statusCode(), response.headers(), parse(response));
        CONTRACT.check(method, path, reply);
        return reply;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while calling " + path, e);
      }
    }
  }

  private static JsonNode parse(HttpResponse<byte[]> response) throws IOException {
    byte[] body = response.body();
    if (body.length == 0) {
      return MissingNode.getInstance();
    }
    String type = response.headers().firstValue("Content-Type").orElse("");
    return type.contains("json")
        ? Json.mapper().readTree(body)
        : TextNode.valueOf(new String(body, StandardCharsets.UTF_8));
  }
}
