package dev.fireside.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.events.Fault;
import dev.fireside.emulator.sample.Journal;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.events.ObjectChange;
import dev.fireside.shared.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StorageTriggersIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Journal journal;
  private String server;
  private String bucket;

  @BeforeEach
  void startEmpty() {
    fireside.resetData();
    journal = Journal.of(fireside.platform());
    journal.clear();
    server = setting("STORAGE_EMULATOR_HOST");
    bucket = setting("MEDIA_UPLOAD_BUCKET");
  }

  @AfterAll
  static void close() {
    HTTP.close();
  }

  private static String setting(String name) {
    return fireside.platform().config().text(name).orElseThrow();
  }

  private JsonNode call(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + path))
            .header("Content-Type", "text/plain")
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(path + " " + response.body()).isBetween(200, 299);
    return Json.mapper().readTree(response.body());
  }

  private JsonNode upload(String to, String name, String text) throws Exception {
    return call("POST", "/upload/storage/v1/b/" + to + "/o?uploadType=media&name=" + name, text);
  }

  private String object(String name) {
    return "/storage/v1/b/" + bucket + "/o/" + name;
  }

  @Test
  void anUploadRunsItsFunction() throws Exception {
    JsonNode written = upload(bucket, "a%2Fb", "hello");
    fireside.settle();

    assertThat(journal.uploads)
        .singleElement()
        .satisfies(change -> {
          assertThat(change.bucket()).isEqualTo(bucket);
          assertThat(change.name()).isEqualTo("a/b");
          assertThat(change.size()).isEqualTo(5);
          assertThat(change.contentType()).isEqualTo("text/plain");
          assertThat(change.generation()).isEqualTo(written.path("generation").asLong());
          assertThat(change.metageneration()).isEqualTo(1);
          assertThat(change.crc32c()).isEqualTo("mnG7TA==");
          assertThat(change.md5()).isEqualTo("XUFAKrxLKna5cZ2REBfFkg==");
          assertThat(change.event().source())
              .isEqualTo("//storage.googleapis.com/projects/_/buckets/" + bucket);
        });
    assertThat(journal.gone).isEmpty();
  }

  @Test
  void anotherVersionIsFinalizedAndThatBeforeItDeleted() throws Exception {
    long first = upload(bucket, "a", "one").path("generation").asLong();
    long second = upload(bucket, "a", "two").path("generation").asLong();
    fireside.settle();

    assertThat(journal.uploads)
        .extracting(ObjectChange::generation)
        .containsExactlyInAnyOrder(first, second);
    assertThat(journal.gone).extracting(ObjectChange::generation).containsExactly(first);
  }

  @Test
  void compositionsCopiesAndDeletionsAreReported() throws Exception {
    upload(bucket, "a", "one");
    upload(bucket, "b", "two");
    call(
        "POST",
        object("c") + "/compose",
        "{\"sourceObjects\": [{\"name\": \"a\"}, {\"name\": \"b\"}]}");
    call("POST", object("c") + "/rewriteTo/b/" + bucket + "/o/d", "{}");
    call("DELETE", object("c"), "");
    fireside.settle();

    assertThat(journal.uploads)
        .extracting(ObjectChange::name)
        .containsExactlyInAnyOrder("a", "b", "c", "d");
    assertThat(journal.uploads)
        .filteredOn(change -> change.name().equals("d"))
        .extracting(ObjectChange::size)
        .containsExactly(6L);
    assertThat(journal.gone).extracting(ObjectChange::name).containsExactly("c");
  }

  @Test
  void otherBucketsRunNothing() throws Exception {
    upload(setting("MEDIA_BUCKET"), "a", "x");
    upload(LocalStorage.bucket(fireside.project().projectId()), "a", "x");
    fireside.settle();

    assertThat(journal.uploads).isEmpty();
  }

  @Test
  void whatFailsComesAgainAndDuplicatesCome() throws Exception {
    journal.failuresToCome.set(2);
    fireside.faults().set("on-upload", Fault.duplicate(1));
    upload(bucket, "a", "x");
    fireside.settle();

    assertThat(journal.uploads).hasSize(4);
    assertThat(journal.uploads)
        .extracting(ObjectChange::event)
        .containsOnly(journal.uploads.getFirst().event());
  }

  @Test
  void aResetEndsUploadsAndFiresNothing() throws Exception {
    upload(bucket, "a", "x");
    HttpResponse<String> begun =
        HTTP.send(
            HttpRequest.newBuilder(
                    URI.create(
                        server
                            + "/upload/storage/v1/b/"
                            + bucket
                            + "/o?uploadType=resumable&name=b"))
                .POST(BodyPublishers.ofString("{}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    fireside.settle();
    journal.clear();

    fireside.resetData();
    HttpResponse<String> late =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(begun.headers().firstValue("Location").orElseThrow()))
                .PUT(BodyPublishers.ofString("late"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    fireside.settle();

    assertThat(late.statusCode()).isEqualTo(410);
    assertThat(journal.uploads).isEmpty();
    assertThat(journal.gone).isEmpty();
  }

  @Test
  void productionRefusesTheSettingsOfTheLocalServer() {
    for (String name :
        new String[] {"STORAGE_EMULATOR_HOST", "MEDIA_SIGNING_ACCOUNT", "MEDIA_SIGNING_KEY"}) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> Config.from(Map.of("FIRESIDE_ENV", "production", name, "x")))
          .hasMessageContaining(name + " must not be set in production");
    }
  }
}
