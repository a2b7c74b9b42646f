package dev.fireside.emulator.database.rest;

import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/// Any page may call.
final class Cors {
  private static final String METHODS = "GET, PUT, POST, DELETE, PATCH";
  private static final int LIFE_SECONDS = 7_200;

  private Cors() {}

  static FullHttpResponse preflight(RestRequest request) {
    var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT);
    response
        .headers()
        .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
        .set(
            HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
            request.headers().get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS, "*"))
        .setInt(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, LIFE_SECONDS);
    HttpUtil.setKeepAlive(response, request.keepAlive());
    return response;
  }

  /// @param asked the headers of the request
  static <T extends HttpMessage> T allowed(T response, HttpHeaders asked) {
    HttpHeaders headers = response.headers();
    headers.set(
        HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, asked.get(HttpHeaderNames.ORIGIN, "*"));
    headers.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "ETag");
    headers.set(HttpHeaderNames.VARY, "Origin");
    return response;
  }
}
