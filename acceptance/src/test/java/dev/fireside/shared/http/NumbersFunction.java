package dev.fireside.shared.http;

import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Lists of numbers that are answered as JSON or CSV.
public final class NumbersFunction implements RoutedFunction {
  private static final int NEVER = Integer.MAX_VALUE;

  private static final Sheet<Integer> SHEET =
      Sheet.<Integer>named("numbers")
          .column("number", number -> number)
          .column("text", number -> "number " + number)
          .sheet();

  private final HttpApp app =
      new HttpApp(Platform.current())
          .route(
              "GET",
              "/api/numbers",
              Access.PUBLIC,
              r -> list(r, r.query("end", 3, 0, NEVER), NEVER))
          .route("GET", "/api/endless", Access.PUBLIC, r -> list(r, NEVER, NEVER))
          .route(
              "GET", "/api/broken", Access.PUBLIC, r -> list(r, NEVER, r.query("at", 0, 0, NEVER)));

  private static Response list(Request request, int end, int breaksAt) {
    return request.list(
        "numbers", SHEET, (after, count) -> numbers(after, count, end, breaksAt), String::valueOf);
  }

  private static List<Integer> numbers(@Nullable String after, int count, int end, int breaksAt) {
    int from = after == null ? 0 : Integer.parseInt(after) + 1;
    if (from >= breaksAt) {
      throw new IllegalStateException(HttpAppIT.SECRET);
    }
    return IntStream.range(from, Math.min(end, from + count)).boxed().toList();
  }

  @Override
  public HttpApp app() {
    return app;
  }
}
