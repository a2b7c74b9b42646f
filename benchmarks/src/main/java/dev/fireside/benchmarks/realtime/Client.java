package dev.fireside.benchmarks.realtime;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.function.LongConsumer;

/// One client in the room. All clients live on one thread.
final class Client extends SimpleChannelInboundHandler<TextWebSocketFrame> {
  private static final String NUMBER = "\"number\":";

  private final Protocol protocol;
  private final Channel channel;
  private final Runnable joined;
  private final LongConsumer received;
  private boolean isJoined;

  /// @param joined called once, when the client is in the room
  /// @param received called with the number of each message that comes afterwards
  Client(Protocol protocol, Channel channel, Runnable joined, LongConsumer received) {
    this.protocol = protocol;
    this.channel = channel;
    this.joined = joined;
    this.received = received;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
    String text = frame.text();
    protocol.answers(text).forEach(this::send);
    if (!isJoined) {
      if (protocol.isJoined(text)) {
        isJoined = true;
        joined.run();
      }
      return;
    }
    int at = text.indexOf(NUMBER);
    if (at >= 0) {
      received.accept(number(text, at + NUMBER.length()));
    }
  }

  private static long number(String text, int start) {
    long number = 0;
    for (int i = start; Character.isDigit(text.charAt(i)); i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  void send(String frame) {
    channel
        .writeAndFlush(new TextWebSocketFrame(frame))
        .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  /// Counts what comes over the network.
  static final class Bytes extends ChannelInboundHandlerAdapter {
    private final LongConsumer arrived;

    Bytes(LongConsumer arrived) {
      this.arrived = arrived;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof ByteBuf bytes) {
        arrived.accept(bytes.readableBytes());
      }
      context.fireChannelRead(message);
    }
  }
}
