package dev.fireside.shared.http;

import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.limits.Budget;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Routes of every kind.
public final class ThingsFunction implements RoutedFunction {
  private final HttpApp app;

  public ThingsFunction() {
    Platform platform = Platform.current();
    app =
        new HttpApp(platform)
            .route("GET", "/api/public", Access.PUBLIC, r -> Response.ok(Map.of("a", 1)))
            .route(
                "GET",
                "/api/kept",
                Access.PUBLIC,
                r -> Response.ok(Map.of("a", 1)).publicFor(Duration.ofMinutes(1)))
            .route(
                "GET",
                "/api/mine",
                Access.USER,
                r -> Response.ok(Map.of("uid", who(r))).revalidated())
            .route("GET", "/api/who", Access.PUBLIC, r -> Response.ok(Map.of("uid", who(r))))
            .route("GET", "/api/moderate", Access.MODERATOR, r -> Response.noContent())
            .route("GET", "/api/admin", Access.ADMIN, r -> Response.noContent())
            .route(
                "GET",
                "/api/few",
                Access.USER,
                new Budget("few", 3, Duration.ofMinutes(15)),
                r -> Response.noContent())
            .route("GET", "/api/things/special", Access.PUBLIC, r -> Response.ok(List.of()))
            .route(
                "GET", "/api/things/{id}", Access.PUBLIC, r -> Response.ok(List.of(r.path("id"))))
            .route("GET", "/api/list", Access.PUBLIC, ThingsFunction::list)
            .route("POST", "/api/things", Access.PUBLIC, ThingsFunction::create)
            .route(
                "GET",
                "/api/breaks",
                Access.PUBLIC,
                r -> {
                  throw new IllegalStateException(HttpAppIT.SECRET);
                })
            .route("GET", "/api/unwritable", Access.PUBLIC, r -> Response.ok(new Object()))
            .route(
                "GET",
                "/api/stored",
                Access.PUBLIC,
                r -> Response.ok(List.of(platform.documents().get("things/a").isPresent())))
            .route(
                "POST",
                "/api/stored",
                Access.PUBLIC,
                r -> {
                  platform.documents().set("things/a", Map.of("name", "a"));
                  return Response.noContent();
                });
  }

  private static String who(Request request) {
    Uid viewer = request.viewer();
    return viewer == null ? "nobody" : viewer.value();
  }

  private static Response list(Request request) {
    int from = request.cursor("list").map(Integer::valueOf).orElse(0);
    int size = request.pageSize();
    String sort = request.queryOneOf("sort", List.of("new", "top"));
    return Response.ok(
        new Page<>(
            List.of(sort, from, size), request.nextCursor("list", Integer.toString(from + size))));
  }

  private static Response create(Request request) {
    String name = request.body(input -> input.text("name", 1, 10));
    return Response.created("/api/things/" + request.newId(), Map.of("name", name));
  }

  @Override
  public HttpApp app() {
    return app;
  }
}
