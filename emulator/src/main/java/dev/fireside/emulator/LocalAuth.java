package dev.fireside.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.auth.AuthServer;
import dev.fireside.emulator.events.EmulatorRest;
import dev.fireside.shared.json.Json;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Firebase Auth of a [LocalCloud]: our own server, or that of an emulator suite that runs already.
public final class LocalAuth implements AutoCloseable {
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);
  private static final int ALREADY_EXISTS = 400;

  private final String address;
  private final @Nullable AuthServer own;
  private final EmulatorRest rest;

  private LocalAuth(String address, @Nullable AuthServer own, HttpClient http) {
    this.address = address;
    this.own = own;
    this.rest = new EmulatorRest(http, address);
  }

  static LocalAuth start(int port, String project, HttpClient http) {
    // The Admin SDK goes by the system's clock, so what it is given must too.
    AuthServer own = AuthServer.start(port, Clock.systemUTC(), project);
    return new LocalAuth(own.address(), own, http);
  }

  static LocalAuth external(String address, HttpClient http) {
    return new LocalAuth(address, null, http);
  }

  /// `host:port`.
  public String address() {
    return address;
  }

  /// Has `listener` learn whose accounts of a project are deleted. An Auth of an emulator suite
  /// reports to functions of that suite only.
  void onDeleted(String projectId, Consumer<ObjectNode> listener) {
    if (own != null) {
      own.onDeleted(projectId, listener);
    }
  }

  /// An ID token for a person, whose account is made where it is missing.
  String mint(String projectId, String uid, Map<String, Object> claims) {
    Instant now = Instant.now();
    var all = new LinkedHashMap<>(claims);
    all.putIfAbsent("exp", now.plus(TOKEN_LIFE).getEpochSecond());
    return own == null ? unsigned(projectId, uid, all, now) : own.mintIdToken(projectId, uid, all);
  }

  private String unsigned(String projectId, String uid, Map<String, Object> claims, Instant now) {
    rest.call(
        "POST",
        "/identitytoolkit.googleapis.com/v1/projects/" + projectId + "/accounts",
        Map.of("localId", uid),
        ALREADY_EXISTS);
    var payload = new LinkedHashMap<String, Object>();
    payload.put("iss", "https://securetoken.google.com/" + projectId);
    payload.put("aud", projectId);
    payload.put("sub", uid);
    payload.put("user_id", uid);
    payload.put("iat", now.getEpochSecond());
    payload.put("auth_time", now.getEpochSecond());
    payload.put("firebase", Map.of("sign_in_provider", "custom", "identities", Map.of()));
    payload.putAll(claims);
    return encoded(Map.of("alg", "none", "typ", "JWT")) + "." + encoded(payload) + ".";
  }

  private static String encoded(Map<String, Object> part) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Json.mapper().writeValueAsString(part).getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /// Forgets the accounts of a project.
  void reset(String projectId) {
    if (own != null) {
      own.reset(projectId);
    } else {
      rest.call("DELETE", "/emulator/v1/projects/" + projectId + "/accounts", null, 200);
    }
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
  }
}
