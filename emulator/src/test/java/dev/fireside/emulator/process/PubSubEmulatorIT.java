package dev.fireside.emulator.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class PubSubEmulatorIT {
  @Test
  void carriesAMessageFromTopicToSubscription() throws Exception {
    try (PubSubEmulator emulator = PubSubEmulator.start(0)) {
      ask(emulator, "PUT", "projects/demo/topics/topic", "{}");
      ask(
          emulator,
          "PUT",
          "projects/demo/subscriptions/subscription",
          "{\"topic\": \"projects/demo/topics/topic\"}");
      ask(
          emulator,
          "POST",
          "projects/demo/topics/topic:publish",
          "{\"messages\": [{\"data\": \"aGVsbG8=\"}]}");
      assertThat(
              ask(
                  emulator,
                  "POST",
                  "projects/demo/subscriptions/subscription:pull",
                  "{\"maxMessages\": 1}"))
          .contains("aGVsbG8=");
    }
  }

  private static String ask(PubSubEmulator emulator, String method, String path, String body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + emulator.address() + "/v1/" + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return response.body();
    }
  }
}
