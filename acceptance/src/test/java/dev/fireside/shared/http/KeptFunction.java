package dev.fireside.shared.http;

import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.redis.Batch;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Texts of Redis, in answers that are kept; each states how often one was made anew.
public final class KeptFunction implements RoutedFunction {
  static final AtomicInteger made = new AtomicInteger();

  private final Platform platform = Platform.current();
  private final HttpApp app =
      new HttpApp(platform)
          .keptRoute("GET", "/api/kept/{key}", Access.PUBLIC, this::text)
          .keptRoute("GET", "/api/stored/{key}", Access.PUBLIC, this::stored);

  private Handler text(Request request, Batch batch) {
    Supplier<String> text = batch.texts(List.of(request.path("key"))).getFirst();
    return caller -> answer(caller, String.valueOf(text.get()));
  }

  private Response stored(Request request) {
    return answer(
        request, "" + platform.documents().get("kept/" + request.path("key")).isPresent());
  }

  private static Response answer(Request request, String text) {
    return Response.ok(
            Map.of(
                "text", text,
                "made", made.incrementAndGet(),
                "caller", String.valueOf(request.viewer())))
        .revalidated();
  }

  @Override
  public HttpApp app() {
    return app;
  }
}
