package dev.fireside.shared.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An answer: a status, headers and a body that becomes JSON, or is streamed as it is.
///
/// @param status the HTTP status
/// @param headers headers of this answer, beside those every answer has
/// @param body a record, map or list, or a [StreamedBody]; null for none
public record Response(int status, Map<String, String> headers, @Nullable Object body) {
  public Response {
    headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /// 200 with a body.
  public static Response ok(Object body) {
    return new Response(200, Map.of(), body);
  }

  /// 201 with a body and where to find what was made.
  public static Response created(String location, Object body) {
    return new Response(201, Map.of("Location", location), body);
  }

  /// 202: taken, to be done after the answer.
  public static Response accepted() {
    return new Response(202, Map.of(), null);
  }

  /// 204.
  public static Response noContent() {
    return new Response(204, Map.of(), null);
  }

  /// The same answer with one more header.
  public Response with(String header, String value) {
    var all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Response(status, all, body);
  }

  /// Must be kept by nobody, not even to be replayed for its `Idempotency-Key`: a request that
  /// comes again is handled again, under the same [Request#newId].
  public Response unkept() {
    return with("Cache-Control", "no-store");
  }

  boolean isUnkept() {
    return "no-store".equals(headers.get("Cache-Control"));
  }

  /// May be kept by everybody for `age`: only for what all callers see alike.
  public Response publicFor(Duration age) {
    return with("Cache-Control", "public, max-age=" + age.toSeconds()).with("Vary", "Origin");
  }

  /// May be kept by the caller, who asks with `If-None-Match` whether it still holds.
  public Response revalidated() {
    return with("Cache-Control", "private, no-cache").with("Vary", "Authorization, Origin");
  }
}
