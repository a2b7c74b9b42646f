package dev.fireside.emulator.database.wire;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Sends pages that try long polling on to WebSocket. The SDK remembers in its page's storage when
/// a WebSocket failed, as it does while this server is not running, and polls first from then on;
/// with nobody to poll it would never come back. So a poll, which is a script in a frame of the
/// page, forgets that and ends; a second later the SDK connects anew.
final class LongPolling {
  static final String PATH = "/.lp";

  private LongPolling() {}

  static FullHttpResponse answer(QueryStringDecoder url) {
    String callback = url.parameters().getOrDefault("cb", List.of("")).getLast();
    String text =
        """
        try { parent.localStorage.removeItem('firebase:previous_websocket_failure'); } catch (e) {}
        parent.window['pLPCommand%s']('close');
        """
            .formatted(callback.replaceAll("\\D", ""));
    byte[] script = text.getBytes(StandardCharsets.UTF_8);
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(script));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "application/javascript; charset=utf-8")
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    HttpUtil.setContentLength(response, script.length);
    HttpUtil.setKeepAlive(response, false);
    return response;
  }
}
