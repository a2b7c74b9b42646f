package dev.fireside.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.telemetry.Trace;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// Writes the failures that no function answers for (no such path, a malformed request, a function
/// that threw) the way the functions write theirs.
public final class Problems implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    if (request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HttpException e) {
      status = e.getCode();
      // Where a message is not understood, the next one cannot be found.
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    }
    write(request, response, callback, status, detail(status));
    return true;
  }

  /// Answers with a problem of this status.
  public static void write(
      Request request, Response response, Callback callback, int status, String detail) {
    Trace trace =
        Trace.from(
            request.getHeaders().get("traceparent"),
            request.getHeaders().get("X-Cloud-Trace-Context"));
    response.setStatus(status);
    var headers = response.getHeaders();
    headers.put("X-Request-Id", trace.traceId());
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    byte[] body = body(status, detail, trace);
    response.write(true, HttpStatus.hasNoBody(status) ? null : ByteBuffer.wrap(body), callback);
  }

  private static byte[] body(int status, String detail, Trace trace) {
    var problem = new LinkedHashMap<String, Object>();
    problem.put("type", type(status));
    problem.put("title", title(status));
    problem.put("status", status);
    problem.put("detail", detail);
    problem.put("traceId", trace.traceId());
    try {
      return Json.mapper().writeValueAsBytes(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String type(int status) {
    return switch (status) {
      case HttpStatus.BAD_REQUEST_400 -> ProblemType.INVALID_INPUT.uri();
      case HttpStatus.FORBIDDEN_403 -> ProblemType.FORBIDDEN.uri();
      case HttpStatus.NOT_FOUND_404 -> ProblemType.NOT_FOUND.uri();
      case HttpStatus.METHOD_NOT_ALLOWED_405 -> ProblemType.METHOD_NOT_ALLOWED.uri();
      case HttpStatus.NOT_ACCEPTABLE_406 -> ProblemType.NOT_ACCEPTABLE.uri();
      case HttpStatus.PAYLOAD_TOO_LARGE_413 -> ProblemType.PAYLOAD_TOO_LARGE.uri();
      case HttpStatus.INTERNAL_SERVER_ERROR_500 -> ProblemType.INTERNAL.uri();
      case HttpStatus.SERVICE_UNAVAILABLE_503 -> ProblemType.UNAVAILABLE.uri();
      // RFC 9457: then the status says it all.
      default -> "about:blank";
    };
  }

  private static String title(int status) {
    for (ProblemType type : ProblemType.values()) {
      if (type.uri().equals(type(status))) {
        return type.title();
      }
    }
    return HttpStatus.getMessage(status);
  }

  private static String detail(int status) {
    return switch (status) {
      case HttpStatus.NOT_FOUND_404 -> "There is no function at this path";
      case HttpStatus.INTERNAL_SERVER_ERROR_500 -> "The function failed";
      case HttpStatus.SERVICE_UNAVAILABLE_503 -> "This instance is shutting down";
      default -> HttpStatus.getMessage(status);
    };
  }
}
