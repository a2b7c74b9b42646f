package dev.fireside.emulator.database.rest;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.util.concurrent.atomic.AtomicLong;

/// Collects the bodies of one connection's requests, until they have been answered. One that is too
/// large is refused, and any while those of all connections together are; both end the connection.
public final class Bodies extends HttpObjectAggregator {
  /// The greatest body, in bytes.
  static final int BODY_MAX = 64 << 20;

  /// What the bodies of all connections may have together, in bytes.
  static final long ALL_MAX = 4L * BODY_MAX;

  private final AtomicLong all;
  private long held;
  private boolean refused;

  /// @param all bytes of the bodies of all connections
  Bodies(AtomicLong all) {
    super(BODY_MAX);
    this.all = all;
  }

  @Override
  protected void aggregate(FullHttpMessage whole, HttpContent part) {
    int bytes = part.content().readableBytes();
    held += bytes;
    if (all.addAndGet(bytes) > ALL_MAX) {
      throw new TooLongFrameException("The bodies of all requests together are too large");
    }
  }

  /// Forgets the body of a request that was answered, or whose connection has gone.
  void done() {
    all.addAndGet(-held);
    held = 0;
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage message) {
    refuse(context, RestAnswer.error(400, "The data is larger than %,d bytes".formatted(BODY_MAX)));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof TooLongFrameException) {
      refuse(context, RestAnswer.error(503, "Too much is being sent, try again later"));
    } else {
      context.fireExceptionCaught(cause);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What cannot be sent ends with its channel.
  private void refuse(ChannelHandlerContext context, RestAnswer answer) {
    if (refused) {
      return;
    }
    refused = true;
    context.channel().config().setAutoRead(false);
    done();
    context
        .writeAndFlush(Cors.allowed(answer.last(), EmptyHttpHeaders.INSTANCE))
        .addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    done();
    super.channelInactive(context);
  }
}
