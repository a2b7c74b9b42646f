package dev.fireside.runtime.sample;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import dev.fireside.shared.Platform;
import dev.fireside.shared.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Answers with what it was asked. `?padding=n` makes the answer n characters longer.
public final class Echo implements HttpFunction {
  private final String project;

  public Echo() {
    this(Platform.current());
  }

  Echo(Platform platform) {
    this.project = platform.config().projectId();
  }

  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    int padding = request.getFirstQueryParameter("padding").map(Integer::parseInt).orElse(0);
    int body = request.getInputStream().readAllBytes().length;
    response.setContentType("application/json");
    response.appendHeader("ETag", "W/\"tag\"");
    response
        .getOutputStream()
        .write(
            Json.mapper()
                .writeValueAsBytes(
                    Map.of(
                        "method", request.getMethod(),
                        "path", request.getPath(),
                        "project", project,
                        "bytes", body,
                        "virtual", Thread.currentThread().isVirtual(),
                        "forwardedFor",
                            request.getHeaders().getOrDefault("X-Forwarded-For", List.of()),
                        "padding", "x".repeat(padding))));
  }
}
