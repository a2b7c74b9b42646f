package dev.fireside.emulator.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Requests as Firebase's SDKs send them, and what the rules make of them.
class FirebaseProtocolIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;

  @RegisterExtension final LocalStorage local = new LocalStorage(folder);

  private final HttpClient http = HttpClient.newHttpClient();

  private static String token(String uid) {
    String claims = "{\"sub\":\"%s\",\"exp\":4102444800}".formatted(uid);
    return "e30."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".";
  }

  private URI uri(String rest) {
    return URI.create(local.base() + "/v0/b/demo-bucket/o" + rest);
  }

  private HttpResponse<String> send(String uid, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    if (!uid.isEmpty()) {
      request.setHeader("Authorization", "Firebase " + token(uid));
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String uid, String rest)
      throws IOException, InterruptedException {
    return send(uid, HttpRequest.newBuilder(uri(rest)));
  }

  private HttpResponse<String> upload(String uid, String name, String said, String text)
      throws IOException, InterruptedException {
    return send(
        uid,
        HttpRequest.newBuilder(uri("?name=" + name.replace("/", "%2F")))
            .header("X-Goog-Upload-Protocol", "multipart")
            .header("Content-Type", "multipart/related; boundary=xyz")
            .POST(HttpRequest.BodyPublishers.ofString(body(said, text))));
  }

  private static String body(String said, String text) {
    return String.join(
        "\r\n",
        "--xyz",
        "Content-Type: application/json; charset=utf-8",
        "",
        said,
        "--xyz",
        "Content-Type: text/plain",
        "",
        text,
        "--xyz--");
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body());
  }

  @Test
  void usersDoWhatTheRulesLetThem() throws Exception {
    String said =
        "{\"name\":\"users/ann/a.txt\",\"contentType\":\"text/plain\",\"metadata\":{\"k\":\"v\"}}";
    assertThat(upload("", "users/ann/a.txt", said, "hello").statusCode()).isEqualTo(403);
    assertThat(upload("bob", "users/ann/a.txt", said, "hello").statusCode()).isEqualTo(403);
    HttpResponse<String> stored = upload("ann", "users/ann/a.txt", said, "hello");
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
    assertThat(json(stored).path("metadata")).isEqualTo(JSON.valueToTree(Map.of("k", "v")));
    String token = json(stored).path("downloadTokens").asText();
    assertThat(token).isNotEmpty();

    String path = "/users%2Fann%2Fa.txt";
    assertThat(get("", path).statusCode()).isEqualTo(403);
    assertThat(get("bob", path).statusCode()).isEqualTo(200);
    assertThat(get("bob", path + "?alt=media").body()).isEqualTo("hello");
    assertThat(get("", path + "?alt=media&token=" + token).body()).isEqualTo("hello");
    assertThat(get("", path + "?alt=media&token=x").statusCode()).isEqualTo(403);
    assertThat(get("ann", "?prefix=users%2Fann%2F&delimiter=%2F").body())
        .contains("\"name\":\"users/ann/a.txt\"");
    assertThat(get("bob", "?prefix=users%2Fann%2F").statusCode()).isEqualTo(403);

    HttpRequest.Builder edit =
        HttpRequest.newBuilder(uri(path))
            .method(
                "PATCH",
                HttpRequest.BodyPublishers.ofString(
                    "{\"contentType\":\"text/html\",\"metadata\":{\"k\":null,\"l\":\"w\"}}"));
    assertThat(send("bob", edit.copy()).statusCode()).isEqualTo(403);
    JsonNode edited = json(send("ann", edit.copy()));
    assertThat(edited.path("contentType").asText()).isEqualTo("text/html");
    assertThat(edited.path("metadata")).isEqualTo(JSON.valueToTree(Map.of("l", "w")));
    assertThat(edited.path("downloadTokens").asText()).isEqualTo(token);

    assertThat(send("bob", HttpRequest.newBuilder(uri(path)).DELETE()).statusCode()).isEqualTo(403);
    assertThat(send("ann", HttpRequest.newBuilder(uri(path)).DELETE()).statusCode()).isEqualTo(204);
    assertThat(get("bob", path).statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsTooLargeOrOfAnotherKindIsNotStored() throws Exception {
    assertThat(upload("ann", "users/ann/v", "{\"contentType\":\"video/mp4\"}", "x").statusCode())
        .isEqualTo(403);
    assertThat(upload("ann", "users/ann/b", "{}", "x".repeat(2 << 20)).statusCode()).isEqualTo(403);
    assertThat(local.changes()).isEmpty();
  }

  @Test
  void resumableUploadsGoOnAfterAQuery() throws Exception {
    HttpRequest.Builder begin =
        HttpRequest.newBuilder(uri("?name=users%2Fann%2Fbig"))
            .header("X-Goog-Upload-Protocol", "resumable")
            .header("X-Goog-Upload-Command", "start")
            .header("X-Goog-Upload-Header-Content-Length", "300000")
            .header("X-Goog-Upload-Header-Content-Type", "image/png")
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"users/ann/big\"}"));
    assertThat(send("bob", begin.copy()).statusCode()).isEqualTo(403);
    HttpResponse<String> begun = send("ann", begin.copy());
    URI url = URI.create(begun.headers().firstValue("X-Goog-Upload-URL").orElseThrow());

    var first = command(url, "upload", 0, new byte[262_144]);
    assertThat(first.headers().firstValue("X-Goog-Upload-Status")).contains("active");
    var query = command(url, "query", 0, new byte[0]);
    assertThat(query.headers().firstValue("X-Goog-Upload-Size-Received")).contains("262144");
    assertThat(command(url, "upload, finalize", 262_144, new byte[10]).statusCode()).isEqualTo(400);
    assertThat(command(url, "upload, finalize", 262_144, new byte[99_999]).statusCode())
        .isEqualTo(400);
    var last = command(url, "upload, finalize", 262_144, new byte[300_000 - 262_144]);
    assertThat(last.headers().firstValue("X-Goog-Upload-Status")).contains("final");
    assertThat(json(last).path("size").asText()).isEqualTo("300000");
    assertThat(json(command(url, "finalize", 300_000, new byte[0])).path("size").asText())
        .isEqualTo("300000");
    assertThat(local.changes()).containsExactly("finalized users/ann/big");

    var other = send("ann", begin.copy());
    URI cancelled = URI.create(other.headers().firstValue("X-Goog-Upload-URL").orElseThrow());
    assertThat(command(cancelled, "cancel", 0, new byte[0]).statusCode()).isEqualTo(200);
    assertThat(command(cancelled, "query", 0, new byte[0]).statusCode()).isEqualTo(410);
  }

  private HttpResponse<String> command(URI url, String command, int offset, byte[] bytes)
      throws IOException, InterruptedException {
    return send(
        "",
        HttpRequest.newBuilder(url)
            .header("X-Goog-Upload-Command", command)
            .header("X-Goog-Upload-Offset", Integer.toString(offset))
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)));
  }

  @Test
  void tokensThatAreNoneOrTooOldAreRefused() throws Exception {
    for (String token :
        new String[] {"x", "a.b.c", "e30.e30.", "e30.eyJzdWIiOiJhIiwiZXhwIjoxfQ."}) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri("/public%2Fa")).header("Authorization", "Firebase " + token);
      assertThat(send("", request).statusCode()).as(token).isEqualTo(401);
    }
    assertThat(get("", "/public%2Fa").statusCode()).isEqualTo(404);
    HttpRequest.Builder owner =
        HttpRequest.newBuilder(uri("/secret")).header("Authorization", "Bearer owner");
    assertThat(send("", owner).statusCode()).isEqualTo(404);
  }

  @Test
  void rulesAreReadAgainWhenTheyChange() throws Exception {
    assertThat(get("", "/secret").statusCode()).isEqualTo(403);
    Path rules = folder.resolve("storage.rules");
    Files.writeString(
        rules, LocalStorage.RULES.replace("match /public/{file=**}", "match /{f=**}"));
    Files.setLastModifiedTime(rules, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(get("", "/secret").statusCode()).isEqualTo(404);
    Files.writeString(rules, "nonsense");
    Files.setLastModifiedTime(rules, FileTime.from(Instant.now().plusSeconds(9)));
    assertThat(get("", "/secret").statusCode()).isEqualTo(404);
  }
}
