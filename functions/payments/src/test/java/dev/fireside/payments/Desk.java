package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.emulator.testing.TestHttp;
import dev.fireside.shared.auth.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The review queue as moderators see it.
record Desk(FiresideExtension fireside) {
  TestHttp.Caller mod(String who) {
    return fireside.http().as(who, Role.MODERATOR);
  }

  JsonNode cases(String status) {
    return mod("mia").get("/api/reviews?status=" + status).body().path("items");
  }

  JsonNode onlyCase() {
    JsonNode open = cases("open");
    assertThat(open).hasSize(1);
    return open.path(0);
  }

  JsonNode caseOf(String reason) {
    JsonNode open = cases("open");
    for (JsonNode doubt : open) {
      if (doubt.path("reason").asText().equals(reason)) {
        return doubt;
      }
    }
    throw new AssertionError("No case " + reason + " in " + open);
  }

  static String path(JsonNode doubt) {
    return "/api/reviews/" + URLEncoder.encode(doubt.path("id").asText(), StandardCharsets.UTF_8);
  }

  Reply claim(String who, JsonNode doubt) {
    return mod(who).post(path(doubt) + "/claim", Map.of());
  }

  Reply decide(String who, JsonNode doubt, String decision) {
    return mod(who).post(path(doubt) + "/decision", Map.of("decision", decision));
  }
}
