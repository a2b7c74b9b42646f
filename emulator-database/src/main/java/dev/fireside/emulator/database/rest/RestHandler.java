package dev.fireside.emulator.database.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.database.auth.Identity;
import dev.fireside.emulator.database.engine.Database;
import dev.fireside.emulator.database.engine.Refusal;
import dev.fireside.emulator.database.engine.Serial;
import dev.fireside.emulator.database.tree.InvalidDataException;
import dev.fireside.emulator.database.tree.Path;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves the requests of one connection, one after another.
@SuppressWarnings("FutureReturnValueIgnored") // What cannot be sent ends with its channel.
final class RestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger log = LoggerFactory.getLogger(RestHandler.class);
  private static final String SUFFIX = ".json";

  private final Rest rest;
  private final Bodies bodies;
  private final Serial requests = new Serial("database-rest");
  private @Nullable EventStream stream;

  /// @param bodies who collects the bodies of this connection's requests
  RestHandler(Rest rest, Bodies bodies) {
    this.rest = rest;
    this.bodies = bodies;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
    if (message.decoderResult().isFailure()) {
      end(context, 400, "The request cannot be read");
      return;
    }
    context.channel().config().setAutoRead(false);
    try {
      RestRequest request = RestRequest.of(message);
      requests.execute(() -> serve(context, request));
    } catch (RestException e) {
      end(context, e.status(), String.valueOf(e.getMessage()));
    }
  }

  private void serve(ChannelHandlerContext context, RestRequest request) {
    try {
      if (request.method().equals("OPTIONS")) {
        send(context, request, Cors.preflight(request));
        return;
      }
      request.check();
      Identity who = request.who(rest.tokens());
      Database database =
          rest.databases().get(request.parameters().getOrDefault("ns", rest.defaultNamespace()));
      if (request.wantsEvents()) {
        open(context, request, database, who);
      } else {
        send(context, request, answer(request, database, who).response(request));
      }
    } catch (RestException e) {
      fail(context, request, e.status(), e.getMessage());
    } catch (Refusal e) {
      fail(context, request, status(e), e.getMessage());
    } catch (InvalidDataException e) {
      fail(context, request, 400, e.getMessage());
    } catch (RuntimeException e) {
      log.error("A request failed", e);
      fail(context, request, 500, "Internal server error");
    }
  }

  private static int status(Refusal refusal) {
    return switch (refusal.reason()) {
      case DENIED -> 401;
      case STALE -> 412;
      case TOO_BIG, INVALID -> 400;
    };
  }

  private RestAnswer answer(RestRequest request, Database database, Identity who)
      throws RestException, Refusal {
    if (request.path().equals(Settings.RULES)) {
      return onWriter(database, () -> Settings.rules(database, who, request));
    }
    Path path = path(request);
    if (Set.of("GET", "HEAD").contains(request.method())) {
      return RestCalls.read(database, path, who, request);
    }
    JsonNode sent = RestCalls.sent(request);
    return onWriter(database, () -> rest.calls().write(database, path, who, request, sent));
  }

  private void open(
      ChannelHandlerContext context, RestRequest request, Database database, Identity who)
      throws RestException, Refusal {
    var opened =
        new EventStream(context.channel(), database, path(request), RestCalls.query(request), who);
    onWriter(
        database,
        () -> {
          opened.open(Cors.allowed(opened.head(), request.headers()), rest.clock());
          return opened;
        });
    stream = opened;
    context.pipeline().remove(IdleStateHandler.class);
    context.channel().config().setAutoRead(true);
    if (!context.channel().isActive()) {
      opened.close();
    }
  }

  /// What is done on a database's writer.
  @FunctionalInterface
  private interface Work<T> {
    T run() throws RestException, Refusal;
  }

  private static <T> T onWriter(Database database, Work<T> work) throws RestException, Refusal {
    var done = new CompletableFuture<T>();
    database.execute(() -> {
      try {
        done.complete(work.run());
      } catch (Exception e) {
        done.completeExceptionally(e);
      }
    });
    try {
      return done.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RestException refused -> throw refused;
        case Refusal refused -> throw refused;
        case RuntimeException failed -> throw failed;
        case null, default -> throw e;
      }
    }
  }

  private static Path path(RestRequest request) throws RestException {
    String path = request.path();
    if (!path.endsWith(SUFFIX)) {
      throw new RestException(404, "Not found: append .json to the path");
    }
    return Path.parse(path.substring(0, path.length() - SUFFIX.length()));
  }

  private void fail(
      ChannelHandlerContext context, RestRequest request, int status, @Nullable String message) {
    FullHttpResponse response = RestAnswer.error(status, String.valueOf(message)).last();
    HttpUtil.setKeepAlive(response, request.keepAlive());
    send(context, request, response);
  }

  /// Answers a request that cannot be read: what follows it is not read either.
  private static void end(ChannelHandlerContext context, int status, String message) {
    context
        .writeAndFlush(
            Cors.allowed(RestAnswer.error(status, message).last(), EmptyHttpHeaders.INSTANCE))
        .addListener(ChannelFutureListener.CLOSE);
  }

  private void send(ChannelHandlerContext context, RestRequest request, FullHttpResponse response) {
    ChannelPromise sent = context.newPromise();
    sent.addListener(done -> {
      bodies.done();
      if (request.keepAlive() && done.isSuccess()) {
        context.channel().config().setAutoRead(true);
      } else {
        context.close();
      }
    });
    context.writeAndFlush(Cors.allowed(response, request.headers()), sent);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    requests.execute(() -> {
      if (stream != null) {
        stream.close();
      }
    });
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent) {
      context.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.debug("A connection ends", cause);
    context.close();
  }
}
