package dev.fireside.emulator.database.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fireside.emulator.database.tree.Json;
import dev.fireside.emulator.database.tree.Node;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// An answer.
record RestAnswer(int status, Map<String, String> headers, Body body) {
  private static final int NO_CONTENT = 204;
  private static final ObjectMapper JSON = new ObjectMapper();

  /// What is answered, written when it is sent.
  @FunctionalInterface
  interface Body {
    void write(JsonGenerator out) throws IOException;
  }

  RestAnswer {
    headers = Map.copyOf(headers);
  }

  static RestAnswer ok(JsonNode json) {
    return new RestAnswer(200, Map.of(), out -> JSON.writeTree(out, json));
  }

  /// Data, as it stands now.
  static RestAnswer data(int status, Node node, Json.Format format) {
    return new RestAnswer(status, Map.of(), out -> Json.write(out, node, format));
  }

  static RestAnswer error(int status, String message) {
    JsonNode json = JsonNodeFactory.instance.objectNode().put("error", message);
    return new RestAnswer(status, Map.of(), out -> JSON.writeTree(out, json));
  }

  RestAnswer withEtag(String etag) {
    return new RestAnswer(status, Map.of("ETag", etag), body);
  }

  /// The answer as it is sent. Throws [RestException] when the request's time is over.
  FullHttpResponse response(RestRequest request) throws RestException {
    boolean silent = status < 300 && request.has("print", "silent");
    FullHttpResponse response = silent ? response(NO_CONTENT, "") : response(status, text(request));
    if (request.parameters().containsKey("callback")) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/javascript; charset=utf-8");
    }
    String download = request.parameters().get("download");
    if (download != null && request.method().equals("GET")) {
      response
          .headers()
          .set(
              HttpHeaderNames.CONTENT_DISPOSITION,
              "attachment; filename=\"" + download.replaceAll("[^\\w.-]", "_") + "\"");
    }
    HttpUtil.setKeepAlive(response, request.keepAlive());
    return response;
  }

  /// The answer to a request that was not read, after which the connection ends.
  FullHttpResponse last() {
    try {
      StringWriter text = new StringWriter();
      try (JsonGenerator out = JSON.createGenerator(text)) {
        body.write(out);
      }
      FullHttpResponse response = response(status, text.toString());
      HttpUtil.setKeepAlive(response, false);
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FullHttpResponse response(int code, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(code), Unpooled.wrappedBuffer(bytes));
    response
        .headers()
        .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
        .set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=utf-8");
    headers.forEach((name, value) -> response.headers().set(name, value));
    if (code != NO_CONTENT) {
      HttpUtil.setContentLength(response, bytes.length);
    }
    return response;
  }

  private String text(RestRequest request) throws RestException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = request.limited(JSON.createGenerator(text))) {
      if (request.has("print", "pretty")) {
        out.useDefaultPrettyPrinter();
      }
      body.write(out);
    } catch (InterruptedIOException e) {
      throw new RestException(400, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String callback = request.parameters().get("callback");
    return callback == null
        ? text.toString()
        : callback.replaceAll("[^\\w.$]", "") + "(" + text + ");";
  }
}
