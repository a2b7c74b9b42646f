package dev.fireside.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fireside.emulator.auth.AuthServer;
import dev.fireside.emulator.events.RetryPolicy;
import dev.fireside.emulator.process.FirestoreEmulator;
import dev.fireside.emulator.process.PubSubEmulator;
import dev.fireside.emulator.process.StartUpException;
import dev.fireside.emulator.sample.Journal;
import dev.fireside.shared.manifest.Manifests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("The Admin SDK has one Auth emulator a process, and here it is another")
class LocalCloudIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static LocalProject project(LocalCloud cloud, String id) throws IOException {
    var options =
        new ProjectOptions(
            id,
            id + ":",
            0,
            Manifests.load(LocalCloudIT.class.getClassLoader()),
            List.of("sample-elsewhere"),
            Map.of(),
            RetryPolicy.TEST,
            false);
    return LocalProject.start(cloud, options, new LocalClock());
  }

  private static int call(LocalProject project, String method, String path, String token)
      throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(project.baseUrl() + path))
              .header("Authorization", "Bearer " + token)
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void emulatorsThatRunAlreadyAreUsed() throws Exception {
    try (var firestore = FirestoreEmulator.start(0);
        var pubsub = PubSubEmulator.start(0);
        var auth = AuthServer.start(0, Clock.systemUTC(), "demo-auth")) {
      var environment =
          Map.of(
              "FIRESTORE_EMULATOR_HOST", firestore.address(),
              "PUBSUB_EMULATOR_HOST", pubsub.address(),
              "FIREBASE_AUTH_EMULATOR_HOST", auth.address());
      var options =
          new CloudOptions(
              0,
              0,
              0,
              0,
              CloudOptions.Database.onPort(0),
              new CloudOptions.Storage(0, null),
              null,
              CloudOptions.DEFAULT_PROJECT,
              environment);
      try (var cloud = LocalCloud.start(options);
          var project = project(cloud, "demo-external")) {
        assertThat(cloud.firestoreAddress()).isEqualTo(firestore.address());

        String token = project.token("ada", Map.of());
        assertThat(call(project, "GET", "/api/notes/me", token)).isEqualTo(200);
        assertThat(call(project, "PUT", "/api/notes/a", token)).isEqualTo(204);
        project.settle(LIMIT);
        var journal = Journal.of(project.platform());
        assertThat(journal.created).hasSize(1);
        assertThat(journal.messages).hasSize(1);
        assertThat(journal.changes.getLast().after().fields().flag("seen")).isTrue();

        project.platform().documents().delete("notes/a");
        project.settle(LIMIT);
        assertThat(journal.changes.getLast().after()).isNull();

        project.reset();
        assertThat(call(project, "GET", "/api/notes/me", token)).isEqualTo(401);
      }
      assertThat(firestore.isAlive()).isTrue();
    }
  }

  @Test
  void projectsOfOneCloudSeeNothingOfEachOther() throws Exception {
    try (var cloud = LocalCloud.start(CloudOptions.onFreePorts());
        var one = project(cloud, "demo-one");
        var two = project(cloud, "demo-two")) {
      one.platform().documents().set("notes/a", Map.of("text", "x"));
      one.platform().redis().call(client -> client.set("key", "one"));
      one.settle(LIMIT);
      two.settle(LIMIT);

      assertThat(Journal.of(one.platform()).created).hasSize(1);
      assertThat(Journal.of(two.platform()).created).isEmpty();
      assertThat(two.platform().documents().get("notes/a")).isEmpty();
      String key = two.platform().redis().call(client -> client.get("key"));
      assertThat(key).isNull();

      two.reset();
      assertThat(one.platform().documents().get("notes/a")).isPresent();
    }
  }

  @Test
  void aServiceThatCannotStartTakesTheOthersWithIt() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      var options =
          new CloudOptions(
              taken.getLocalPort(),
              0,
              0,
              0,
              CloudOptions.Database.onPort(0),
              new CloudOptions.Storage(0, null),
              null,
              CloudOptions.DEFAULT_PROJECT,
              Map.of());

      assertThatThrownBy(() -> LocalCloud.start(options))
          .isInstanceOf(StartUpException.class)
          .hasMessageContaining("Redis")
          .hasMessageContaining(Integer.toString(taken.getLocalPort()));
    }
  }
}
