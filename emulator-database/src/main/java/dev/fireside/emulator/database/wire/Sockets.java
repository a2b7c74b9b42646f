package dev.fireside.emulator.database.wire;

import dev.fireside.emulator.database.auth.Tokens;
import dev.fireside.emulator.database.engine.Database;
import dev.fireside.emulator.database.engine.Databases;
import dev.fireside.emulator.database.net.Outbox;
import dev.fireside.emulator.database.tree.InvalidDataException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Makes WebSocket connections of requests for `/.ws`; other requests go on.
@SuppressWarnings("FutureReturnValueIgnored") // What cannot be sent ends with its channel.
public final class Sockets {
  private static final String PATH = "/.ws";
  private static final int FRAME_BYTES_MAX = 65_536;

  private final Databases databases;
  private final String defaultNamespace;
  private final Tokens tokens;
  private final Clock clock;
  private final AtomicLong unfinished = new AtomicLong();
  private final Map<String, Live> sessions = new ConcurrentHashMap<>();

  private record Live(Session session, Database database, Channel channel) {}

  public Sockets(Databases databases, String defaultNamespace, Tokens tokens, Clock clock) {
    this.databases = databases;
    this.defaultNamespace = defaultNamespace;
    this.tokens = tokens;
    this.clock = clock;
  }

  /// Stands behind the HTTP codec of a channel.
  public ChannelHandler upgrade() {
    return new Upgrade();
  }

  private final class Upgrade extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      var url = new QueryStringDecoder(request.uri());
      if (url.rawPath().equals(LongPolling.PATH)) {
        context.writeAndFlush(LongPolling.answer(url)).addListener(ChannelFutureListener.CLOSE);
        return;
      }
      boolean socket =
          url.rawPath().equals(PATH)
              && request
                  .headers()
                  .containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
      if (!socket) {
        context.fireChannelRead(request.retain());
        return;
      }
      String before = url.parameters().getOrDefault("ls", List.of("")).getLast();
      List<String> names = url.parameters().getOrDefault("ns", List.of(defaultNamespace));
      accept(context, request, names.getLast(), before);
    }
  }

  private void accept(
      ChannelHandlerContext context, FullHttpRequest request, String namespace, String before) {
    @Nullable WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory(PATH, null, false, FRAME_BYTES_MAX)
            .newHandshaker(request);
    if (handshaker == null) {
      WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
      return;
    }
    String host = request.headers().get(HttpHeaderNames.HOST, "");
    handshaker
        .handshake(context.channel(), request)
        .addListener(done -> {
          if (done.isSuccess()) {
            begin(context, host, namespace, before);
          }
        });
  }

  /// @param before the id of the session that the client had; empty for none
  private void begin(ChannelHandlerContext context, String host, String namespace, String before) {
    Channel channel = context.channel();
    var outbox = new Outbox(channel);
    Database database;
    try {
      database = databases.get(namespace);
    } catch (InvalidDataException e) {
      Frames.end(outbox, Session.error("Invalid database name"), "Invalid database name");
      return;
    }
    var session = new Session(database, outbox, tokens, new Expiry(channel.eventLoop(), clock));
    // What stands behind this is for requests only.
    while (!context.name().equals(channel.pipeline().lastContext().name())) {
      channel.pipeline().removeLast();
    }
    channel
        .pipeline()
        .addLast(new Utf8FrameValidator())
        .addLast(new WebSocketFrameAggregator(FRAME_BYTES_MAX))
        .addLast(new Connection(session, outbox, unfinished));
    channel.pipeline().remove(context.name());
    end(sessions.remove(before), database);
    String id = UUID.randomUUID().toString();
    sessions.put(id, new Live(session, database, channel));
    channel.closeFuture().addListener(_ -> sessions.remove(id));
    Frames.of(Session.hello(host, id, clock)).send(outbox);
  }

  /// Ends a session whose client has come back before its end was seen: what was to be written at
  /// its disconnect is written before all that the new session asks for.
  private static void end(@Nullable Live old, Database database) {
    if (old != null && old.database == database) {
      old.session.close();
      old.channel.close();
    }
  }
}
