package dev.fireside.emulator.database.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fireside.emulator.database.engine.Serial;
import dev.fireside.emulator.database.net.Outbox;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A client's socket: reads its messages, one after another, and hands them to a [Session]. A
/// client that sends faster than it is answered is not read from meanwhile; one that sends what
/// nobody can read is told why, and cut off.
@SuppressWarnings("FutureReturnValueIgnored") // What cannot be sent ends with its channel.
public final class Connection extends SimpleChannelInboundHandler<WebSocketFrame> {
  private static final Logger log = LoggerFactory.getLogger(Connection.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /// How a request begins, with its number.
  private static final Pattern REQUEST =
      Pattern.compile("\\{\"t\":\"d\",\"d\":\\{\"r\":(\\d{1,18}),");

  /// What a message weighs beside its characters.
  private static final long MESSAGE_WEIGHT = 1_000;

  /// How much of a client may wait for an answer, in characters, until it is read from again.
  private static final long UNANSWERED_MAX = 256_000;

  private final Session session;
  private final Outbox outbox;
  private final Assembler assembler;
  private final Serial messages = new Serial("database-connection");
  private final AtomicLong unanswered = new AtomicLong();
  private boolean ended;

  /// @param unfinished characters of messages that have begun to come, of all connections
  Connection(Session session, Outbox outbox, AtomicLong unfinished) {
    this.session = session;
    this.outbox = outbox;
    this.assembler = new Assembler(unfinished);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    switch (frame) {
      case TextWebSocketFrame text -> read(context, text.text());
      case PingWebSocketFrame ping ->
          context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
      case CloseWebSocketFrame close ->
          context.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
      case PongWebSocketFrame _ -> {}
      default -> end("Only text is understood");
    }
  }

  private void read(ChannelHandlerContext context, String frame) {
    if (ended) {
      return;
    }
    try {
      String message = assembler.add(frame);
      if (message != null) {
        take(context, message);
      }
    } catch (FrameException e) {
      end(String.valueOf(e.getMessage()));
    }
  }

  private void take(ChannelHandlerContext context, String message) {
    long weight = MESSAGE_WEIGHT + message.length();
    if (unanswered.addAndGet(weight) > UNANSWERED_MAX) {
      context.channel().config().setAutoRead(false);
    }
    messages.execute(() ->
        handle(
            message,
            () -> {
              unanswered.addAndGet(-weight);
              resume(context);
            }));
  }

  private void handle(String message, Runnable answered) {
    try {
      JsonNode json = JSON.readTree(message);
      session.handle(json, answered);
    } catch (JsonProcessingException e) {
      answered.run();
      refuse(message);
    }
  }

  /// SDKs send keys that end in half a character. They would send them again and again on new
  /// connections, so the connection goes on where the number of the request can be read.
  private void refuse(String message) {
    Matcher request = REQUEST.matcher(message);
    if (request.lookingAt()) {
      session.refuse(Long.parseLong(request.group(1)), "The request is not JSON");
    } else {
      end("Invalid JSON");
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    outbox.onDrained(() -> resume(context));
  }

  private void resume(ChannelHandlerContext context) {
    if (unanswered.get() <= UNANSWERED_MAX && !outbox.isFull()) {
      context.channel().config().setAutoRead(true);
    }
  }

  private void end(String reason) {
    ended = true;
    Frames.end(outbox, Session.error(reason), reason);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof IdleStateEvent) {
      // Living clients send something every 45 s.
      context.close();
    } else {
      super.userEventTriggered(context, event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    assembler.clear();
    messages.execute(session::close);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.debug("A client's connection ends", cause);
    context.close();
  }
}
