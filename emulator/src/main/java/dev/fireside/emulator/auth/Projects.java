package dev.fireside.emulator.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The projects this server has seen.
final class Projects {
  private final ConcurrentHashMap<String, Project> byId = new ConcurrentHashMap<>();
  private final Project fallback;

  Projects(String defaultProject) {
    this.fallback = get(defaultProject);
  }

  Project get(String projectId) {
    return byId.computeIfAbsent(projectId, Project::new);
  }

  /// The project that a client means which sends an ID or a refresh token, or only an API key.
  Project of(@Nullable String apiKey, @Nullable String idToken, @Nullable String refreshToken) {
    ObjectNode payload = idToken == null ? null : IdTokens.decode(idToken);
    return Stream.of(
            payload == null ? "" : payload.path("aud").asText(),
            refreshToken == null ? "" : Project.ofRefreshToken(refreshToken),
            apiKey == null ? "" : apiKey)
        .map(byId::get)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(fallback);
  }
}
