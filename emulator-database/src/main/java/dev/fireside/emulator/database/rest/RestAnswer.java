package dev.fireside.emulator.database.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An answer.
///
/// @param json null for no body
record RestAnswer(int status, Map<String, String> headers, @Nullable JsonNode json) {
  private static final int NO_CONTENT = 204;
  private static final ObjectMapper JSON = new ObjectMapper();

  RestAnswer {
    headers = Map.copyOf(headers);
  }

  static RestAnswer ok(@Nullable JsonNode json) {
    return new RestAnswer(200, Map.of(), json);
  }

  static RestAnswer error(int status, String message) {
    return new RestAnswer(
        status, Map.of(), JsonNodeFactory.instance.objectNode().put("error", message));
  }

  RestAnswer withEtag(String etag) {
    return new RestAnswer(status, Map.of("ETag", etag), json);
  }

  /// The answer as it is sent.
  FullHttpResponse response(RestRequest request) {
    boolean silent = json == null || (status < 300 && request.has("print", "silent"));
    byte[] body = silent ? new byte[0] : text(request).getBytes(StandardCharsets.UTF_8);
    int code = silent && status == 200 ? NO_CONTENT : status;
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(code), Unpooled.wrappedBuffer(body));
    response
        .headers()
        .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
        .set(
            HttpHeaderNames.CONTENT_TYPE,
            request.parameters().containsKey("callback")
                ? "application/javascript; charset=utf-8"
                : "application/json; charset=utf-8");
    String download = request.parameters().get("download");
    if (download != null && request.method().equals("GET")) {
      response
          .headers()
          .set(
              HttpHeaderNames.CONTENT_DISPOSITION,
              "attachment; filename=\"" + download.replaceAll("[^\\w.-]", "_") + "\"");
    }
    headers.forEach((name, value) -> response.headers().set(name, value));
    if (code != NO_CONTENT) {
      HttpUtil.setContentLength(response, body.length);
    }
    HttpUtil.setKeepAlive(response, request.keepAlive());
    return response;
  }

  private String text(RestRequest request) {
    try {
      String text =
          request.has("print", "pretty")
              ? JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json)
              : JSON.writeValueAsString(json);
      String callback = request.parameters().get("callback");
      return callback == null ? text : callback.replaceAll("[^\\w.$]", "") + "(" + text + ");";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
