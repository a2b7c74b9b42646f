package dev.fireside.media.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.storage.StorageException;
import dev.fireside.shared.auth.AccessTokens;
import dev.fireside.shared.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Resumable sessions of Cloud Storage, opened here and handed to clients, who send the bytes
/// straight to it (<https://cloud.google.com/storage/docs/resumable-uploads>). By calls of our own:
/// Google's client opens sessions only for itself, without an exact length and without an origin.
///
/// Every method throws [StorageUnavailableException] where Cloud Storage does not answer.
public final class ResumableSessions implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
  private static final Pattern RANGE = Pattern.compile("bytes=0-([0-9]{1,18})");

  private static final int MORE = 308;
  private static final Set<Integer> OVER = Set.of(404, 410, 499);
  private static final Set<Integer> DONE = Set.of(200, 201);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  private final String bucket;
  private final String address;
  private final AccessTokens tokens;
  private final StorageCalls calls;

  /// @param address of the interface, such as `https://storage.googleapis.com`
  ResumableSessions(String bucket, String address, AccessTokens tokens, StorageCalls calls) {
    this.bucket = bucket;
    this.address = address;
    this.tokens = tokens;
    this.calls = calls;
  }

  /// How far a session has come.
  public sealed interface Progress {
    /// Bytes are missing.
    ///
    /// @param received how many are kept, from the first one on
    record Open(long received) implements Progress {}

    /// The object is there, or was.
    record Done() implements Progress {}

    /// The session has expired, or was cancelled.
    record Over() implements Progress {}
  }

  /// Opens a session for an object that is not there yet. Its address is all that a client needs to
  /// send the bytes, and nothing else can be done with it.
  ///
  /// @param bytes the length; Cloud Storage takes no other
  /// @param origin of the page that will send the bytes; null where it is no page
  public URI open(NewObject object, long bytes, @Nullable String origin) {
    ObjectNode body = Json.mapper().createObjectNode().put("contentType", object.contentType());
    ObjectNode metadata = body.putObject("metadata");
    object.metadata().forEach(metadata::put);
    return calls.call(() -> {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(opening(object.name()))
              .timeout(ANSWER_TIMEOUT)
              .header("Authorization", "Bearer " + tokens.current())
              .header("Content-Type", "application/json; charset=UTF-8")
              .header("X-Upload-Content-Type", object.contentType())
              .header("X-Upload-Content-Length", Long.toString(bytes))
              .POST(HttpRequest.BodyPublishers.ofByteArray(Json.mapper().writeValueAsBytes(body)));
      if (origin != null) {
        request.header("Origin", origin);
      }
      HttpResponse<String> answer = send(request.build());
      Optional<String> location = answer.headers().firstValue("Location");
      if (answer.statusCode() != 200 || location.isEmpty()) {
        throw new StorageException(answer.statusCode(), "No session: " + answer.body());
      }
      return URI.create(location.get());
    });
  }

  private URI opening(String name) {
    return URI.create(
        address
            + "/upload/storage/v1/b/"
            + bucket
            + "/o?uploadType=resumable&ifGenerationMatch=0&name="
            + URLEncoder.encode(name, StandardCharsets.UTF_8));
  }

  /// How far a session has come.
  public Progress progress(URI session) {
    return calls.call(() -> {
      HttpResponse<String> answer =
          send(
              HttpRequest.newBuilder(session)
                  .timeout(ANSWER_TIMEOUT)
                  .header("Content-Range", "bytes */*")
                  .PUT(HttpRequest.BodyPublishers.noBody())
                  .build());
      int status = answer.statusCode();
      if (status == MORE) {
        return new Progress.Open(received(answer));
      }
      if (DONE.contains(status)) {
        return new Progress.Done();
      }
      if (OVER.contains(status)) {
        return new Progress.Over();
      }
      throw new StorageException(status, "No state of a session: " + answer.body());
    });
  }

  private static long received(HttpResponse<String> answer) {
    Matcher range = RANGE.matcher(answer.headers().firstValue("Range").orElse(""));
    return range.matches() ? Long.parseLong(range.group(1)) + 1 : 0;
  }

  /// Ends a session; what it has received is gone. One that has ended is no error; an object that
  /// it has become stays.
  public void cancel(URI session) {
    calls.call(() -> {
      HttpResponse<String> answer =
          send(HttpRequest.newBuilder(session).timeout(ANSWER_TIMEOUT).DELETE().build());
      int status = answer.statusCode();
      if (!OVER.contains(status) && status / 100 != 2 && status / 100 != 4) {
        throw new StorageException(status, "Not cancelled: " + answer.body());
      }
      return true;
    });
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
