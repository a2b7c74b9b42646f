package dev.fireside.emulator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirestoreEmulatorIT {
  @Test
  void keepsTheDocumentsOfEachProjectApart() throws Exception {
    try (FirestoreEmulator emulator = FirestoreEmulator.start(0);
        Firestore one = client(emulator, "one");
        Firestore two = client(emulator, "two")) {
      one.document("posts/1").set(Map.of("text", "hello")).get();
      assertThat(one.document("posts/1").get().get().getString("text")).isEqualTo("hello");
      assertThat(two.document("posts/1").get().get().exists()).isFalse();
    }
  }

  @Test
  void enforcesTheRules(@TempDir Path folder) throws Exception {
    Path rules =
        Files.writeString(
            folder.resolve("firestore.rules"),
            """
            rules_version = '2';
            service cloud.firestore {
              match /databases/{database}/documents {
                match /posts/{id} {
                  allow read: if true;
                }
              }
            }
            """);
    try (FirestoreEmulator emulator = FirestoreEmulator.start(0, rules, null)) {
      assertThat(write(emulator, "Authorization", "Bearer owner")).isEqualTo(200);
      assertThat(write(emulator, "X-Nobody", "anonymous")).isEqualTo(403);
    }
  }

  @Test
  void saysWhatIsWrongWithItsArguments(@TempDir Path folder) {
    assertThatThrownBy(() -> FirestoreEmulator.start(0, folder.resolve("missing.rules"), null))
        .isInstanceOf(StartUpException.class)
        .hasMessageContaining("missing.rules");
  }

  @Test
  void endsWhenClosed() {
    FirestoreEmulator emulator = FirestoreEmulator.start(0);
    emulator.close();
    assertThat(emulator.isAlive()).isFalse();
    assertThat(Ports.isFree(emulator.port())).isTrue();
  }

  private static int write(FirestoreEmulator emulator, String header, String value)
      throws Exception {
    String uri =
        "http://%s/v1/projects/demo/databases/(default)/documents/posts/1"
            .formatted(emulator.address());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri))
            .header(header, value)
            .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"fields\": {}}"))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  static Firestore client(FirestoreEmulator emulator, String project) {
    return FirestoreOptions.newBuilder()
        .setProjectId(project)
        .setEmulatorHost(emulator.address())
        .build()
        .getService();
  }
}
