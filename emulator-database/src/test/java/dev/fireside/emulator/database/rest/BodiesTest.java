package dev.fireside.emulator.database.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BodiesTest {
  private final AtomicLong all = new AtomicLong();
  private final Bodies bodies = new Bodies(all);
  private final EmbeddedChannel channel = new EmbeddedChannel(bodies);

  private static DefaultHttpRequest request() {
    return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.PUT, "/a.json");
  }

  private static DefaultHttpContent part(String text) {
    return new DefaultHttpContent(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
  }

  private void assertRefused(int status) {
    FullHttpResponse response = channel.readOutbound();
    assertThat(response.status().code()).isEqualTo(status);
    assertThat(response.content().toString(StandardCharsets.UTF_8)).startsWith("{\"error\":\"");
    assertThat(channel.outboundMessages()).isEmpty();
    assertThat(channel.isActive()).isFalse();
    assertThat(all.get()).isZero();
  }

  @Test
  void aBodyIsCountedUntilItsRequestIsAnswered() {
    channel.writeInbound(
        request(), part("{\"a\":"), part("1}"), LastHttpContent.EMPTY_LAST_CONTENT);
    FullHttpRequest whole = channel.readInbound();
    assertThat(whole.content().toString(StandardCharsets.UTF_8)).isEqualTo("{\"a\":1}");
    assertThat(all.get()).isEqualTo(7);
    bodies.done();
    assertThat(all.get()).isZero();
    whole.release();
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedBeforeItComes() {
    DefaultHttpRequest request = request();
    HttpUtil.setContentLength(request, Bodies.BODY_MAX + 1L);
    channel.writeInbound(request);
    assertRefused(400);
  }

  @Test
  void whileAllBodiesTogetherAreTooLargeMoreAreRefused() {
    all.set(Bodies.ALL_MAX - 3);
    channel.writeInbound(request(), part("[1"), part(",2,3"), part("]"));
    all.addAndGet(3 - Bodies.ALL_MAX);
    assertRefused(503);
  }

  @Test
  void whoLeavesIsForgotten() {
    channel.writeInbound(request(), part("[1"));
    assertThat(all.get()).isEqualTo(2);
    assertThatExceptionOfType(PrematureChannelClosureException.class)
        .isThrownBy(channel::finishAndReleaseAll);
    assertThat(all.get()).isZero();
  }
}
