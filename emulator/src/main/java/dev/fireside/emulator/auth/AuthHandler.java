package dev.fireside.emulator.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The HTTP side of [AuthServer]: finds the project and the operation of a request, answers in
/// JSON, and lets browsers of any origin call.
final class AuthHandler implements HttpHandler {
  private static final Logger log = LoggerFactory.getLogger(AuthHandler.class);
  private static final int BODY_BYTES_MAX = 1_000_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern ACCOUNTS =
      Pattern.compile(
          "/identitytoolkit\\.googleapis\\.com/v1(?:/projects/(?<project>[^/]+))?/accounts(?::(?<verb>\\w+))?");
  private static final Pattern ALL_ACCOUNTS =
      Pattern.compile("/emulator/v1/projects/(?<project>[^/]+)/accounts");
  private static final String REFRESH = "/securetoken.googleapis.com/v1/token";
  private static final Pattern AMPERSAND = Pattern.compile("&");

  private final Projects projects;
  private final Clock clock;

  AuthHandler(Projects projects, Clock clock) {
    this.projects = projects;
    this.clock = clock;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      allowOrigin(exchange);
      if (exchange.getRequestMethod().equals("OPTIONS")) {
        exchange.sendResponseHeaders(204, -1);
        return;
      }
      try {
        answer(exchange, 200, route(exchange));
      } catch (IdentityException e) {
        answer(exchange, e.status(), error(e.status(), String.valueOf(e.getMessage())));
      } catch (RuntimeException e) {
        log.error("{} {} fails", exchange.getRequestMethod(), exchange.getRequestURI(), e);
        answer(exchange, 500, error(500, "INTERNAL_ERROR"));
      }
    }
  }

  private ObjectNode route(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    Matcher accounts = ACCOUNTS.matcher(path);
    if (accounts.matches()) {
      String verb = accounts.group("verb");
      Call call = call(exchange, accounts.group("project"));
      synchronized (call.project()) {
        return operate(method + " " + (verb == null ? "create" : verb), call);
      }
    }
    if (path.equals(REFRESH)) {
      Call call = call(exchange, null);
      synchronized (call.project()) {
        return SignIns.refresh(call);
      }
    }
    Matcher all = ALL_ACCOUNTS.matcher(path);
    if (all.matches() && method.equals("DELETE")) {
      Project project = projects.get(all.group("project"));
      synchronized (project) {
        project.clear();
      }
      return JsonNodeFactory.instance.objectNode();
    }
    if (path.equals("/")) {
      return JsonNodeFactory.instance.objectNode().put("authEmulator", "ready");
    }
    throw new IdentityException(404, "NOT_FOUND : this Auth server has no " + path);
  }

  private static ObjectNode operate(String operation, Call call) {
    return switch (operation) {
      case "POST create" -> Users.create(adminOnly(call));
      case "POST signUp" -> call.admin() ? Users.create(call) : SignIns.signUp(call);
      case "POST signInWithPassword" -> SignIns.withPassword(call);
      case "POST signInWithCustomToken" -> SignIns.withCustomToken(call);
      case "POST lookup" -> Users.lookup(call);
      case "POST update" -> Users.update(call);
      case "POST delete" -> Users.delete(call);
      case "POST batchDelete" -> Users.batchDelete(adminOnly(call));
      case "GET batchGet" -> Users.batchGet(adminOnly(call));
      default ->
          throw new IdentityException(
              501, "NOT_IMPLEMENTED : this Auth server has no " + operation);
    };
  }

  private static Call adminOnly(Call call) {
    if (!call.admin()) {
      throw new IdentityException(401, "UNAUTHENTICATED : only servers may do this");
    }
    return call;
  }

  private Call call(HttpExchange exchange, @Nullable String projectInPath) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    boolean admin = "Bearer owner".equals(headers.getFirst("Authorization"));
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    addForm(fields, exchange.getRequestURI().getRawQuery());
    byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
    if (body.length > BODY_BYTES_MAX) {
      throw new IdentityException(413, "REQUEST_TOO_LARGE");
    }
    String contentType = String.valueOf(headers.getFirst("Content-Type"));
    if (contentType.startsWith("application/x-www-form-urlencoded")) {
      addForm(fields, new String(body, StandardCharsets.UTF_8));
    } else if (body.length > 0) {
      fields.setAll(json(body));
    }
    return new Call(project(projectInPath, fields, admin), admin, fields, clock.instant());
  }

  private Project project(@Nullable String inPath, ObjectNode fields, boolean admin) {
    if (inPath != null) {
      // Without the credential of a server a client could read everybody's users.
      if (!admin) {
        throw new IdentityException(401, "UNAUTHENTICATED : only servers may name the project");
      }
      return projects.get(inPath);
    }
    return projects.of(
        fields.path("key").textValue(),
        fields.path("idToken").textValue(),
        fields.path("refresh_token").textValue());
  }

  private static void addForm(ObjectNode fields, @Nullable String form) {
    if (form == null) {
      return;
    }
    AMPERSAND
        .splitAsStream(form)
        .forEach(pair -> {
          int equals = pair.indexOf('=');
          if (equals > 0) {
            fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
          }
        });
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IdentityException("INVALID_ARGUMENT : malformed form");
    }
  }

  private static ObjectNode json(byte[] body) throws IOException {
    try {
      if (JSON.readTree(body) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      log.debug("not JSON", e);
    }
    throw new IdentityException("INVALID_ARGUMENT : Invalid JSON payload received.");
  }

  private static void allowOrigin(HttpExchange exchange) {
    Headers asked = exchange.getRequestHeaders();
    Headers allowed = exchange.getResponseHeaders();
    String origin = asked.getFirst("Origin");
    if (origin == null) {
      return;
    }
    allowed.set("Access-Control-Allow-Origin", origin);
    allowed.set("Access-Control-Allow-Credentials", "true");
    allowed.set("Vary", "Origin");
    String headers = asked.getFirst("Access-Control-Request-Headers");
    if (headers != null) {
      allowed.set("Access-Control-Allow-Headers", headers);
      allowed.set("Access-Control-Allow-Methods", "GET, POST, DELETE, OPTIONS");
      allowed.set("Access-Control-Max-Age", "3600");
    }
  }

  private static ObjectNode error(int status, String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode error = body.putObject("error").put("code", status).put("message", message);
    error
        .putArray("errors")
        .addObject()
        .put("message", message)
        .put("reason", "invalid")
        .put("domain", "global");
    return body;
  }

  private static void answer(HttpExchange exchange, int status, ObjectNode body)
      throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
