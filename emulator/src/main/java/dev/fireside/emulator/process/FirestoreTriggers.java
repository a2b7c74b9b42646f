package dev.fireside.emulator.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// Registers triggers with a running [FirestoreEmulator], which then posts the events of matching
/// documents to its event receiver.
///
/// What the receiver gets, as `FirestoreTriggersIT` observes it:
///
/// - `POST /functions/projects/{project}/triggers/{trigger}`, one for each trigger that matches, so
///   the same write reaches two triggers as two requests with different `ce-id`s. Triggers of
///   several projects live beside each other in one emulator and never see each other's writes; two
///   projects may use the same trigger name.
/// - A CloudEvent in binary mode: `ce-type`, `ce-subject` (`documents/posts/1`), `ce-document`
///   (`posts/1`), `ce-project`, `ce-database`, `ce-namespace`, `ce-location` (always
///   `us-central1`), `ce-time` (whole seconds), `ce-source` with the project segment doubled
///   (`//firestore.googleapis.com/projects/projects/p/databases/(default)`). Header values are raw
///   UTF-8: for a name outside ASCII believe the protobuf, not the header.
/// - The body is base64 text of the `DocumentEventData` protobuf although `Content-Type` says
///   `application/protobuf`. Its update mask is always empty.
///
/// How it is delivered:
///
/// - One request at a time in the whole process: the next event of any trigger of any project waits
///   for the answer to the one before. The receiver must answer first and work later.
/// - The events of one document arrive in commit order, each once; writes do not wait for them.
/// - The status of the answer is ignored: no retry, and while nobody listens events are lost.
/// - A write that changes nothing fires `updated` and `written`, which production does not.
/// - Two writes to a document in one commit are one event with the last state. Emptying a project
///   (`DELETE /emulator/v1/projects/{project}/databases/(default)/documents`) fires `deleted` for
///   each document and keeps the triggers.
/// - A trigger cannot be listed or removed; registering its name again replaces it.
public final class FirestoreTriggers {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final String firestoreAddress;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final ObjectMapper json = new ObjectMapper();

  /// @param firestoreAddress `host:port` of an emulator that was started with an event receiver
  public FirestoreTriggers(String firestoreAddress) {
    this.firestoreAddress = firestoreAddress;
  }

  /// Has matching events of the project's default database posted to the event receiver.
  ///
  /// @param triggerName the last part of the path that is posted to
  /// @param eventType `google.cloud.firestore.document.v1.created`, `updated`, `deleted` or
  ///   `written`, each also with `.withAuthContext`
  /// @param documentPattern a path such as `posts/{id}` or `users/{uid}/{rest=**}`
  public void register(
      String projectId, String triggerName, String eventType, String documentPattern) {
    URI uri =
        URI.create(
            "http://%s/emulator/v1/projects/%s/eventarcTrigger?eventarcTriggerId=%s"
                .formatted(firestoreAddress, encoded(projectId), encoded(triggerName)));
    // A pattern without variables matches its one document.
    Map<String, Object> trigger =
        Map.of(
            "eventType",
            eventType,
            "database",
            "(default)",
            "namespace",
            "(default)",
            "document",
            Map.of("value", documentPattern, "matchType", "PATH_PATTERN"));
    HttpResponse<String> response = post(uri, trigger);
    if (response.statusCode() != 200) {
      throw new IllegalArgumentException(
          "the Firestore emulator refuses trigger %s (%s of %s): %d %s"
              .formatted(
                  triggerName,
                  eventType,
                  documentPattern,
                  response.statusCode(),
                  response.body().strip()));
    }
  }

  private HttpResponse<String> post(URI uri, Map<String, Object> body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .timeout(LIMIT)
              .header("Content-Type", "application/json")
              .header("Authorization", "Bearer owner")
              .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)))
              .build();
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while registering a trigger", e);
    }
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8);
  }
}
