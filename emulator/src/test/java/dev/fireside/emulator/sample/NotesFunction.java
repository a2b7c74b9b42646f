package dev.fireside.emulator.sample;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Response;
import java.io.IOException;
import java.util.Map;

/// Writes and reads notes, and says who calls.
public final class NotesFunction implements HttpFunction {
  private final HttpApp app;

  public NotesFunction() {
    this(Platform.current());
  }

  NotesFunction(Platform platform) {
    this.app =
        new HttpApp(platform)
            .route(
                "GET",
                "/api/notes/me",
                Access.USER,
                request ->
                    Response.ok(
                        Map.of("uid", request.caller().uid(), "roles", request.caller().roles())))
            .route(
                "PUT",
                "/api/notes/{id}",
                Access.PUBLIC,
                request -> {
                  platform.documents().set("notes/" + request.path("id"), Map.of("text", "hello"));
                  platform.topics().publish("sample-messages", Map.of("id", request.path("id")));
                  platform.topics().publish("sample-elsewhere", Map.of("id", request.path("id")));
                  return Response.noContent();
                })
            .route(
                "GET",
                "/api/notes/{id}",
                Access.PUBLIC,
                request ->
                    platform
                        .documents()
                        .get("notes/" + request.path("id"))
                        .map(note -> Response.ok(Map.of("id", note.id())))
                        .orElseThrow(() -> ProblemException.notFound("note")));
  }

  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    app.service(request, response);
  }
}
