package dev.fireside.emulator.database.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.fireside.emulator.database.auth.Identity;
import dev.fireside.emulator.database.engine.Change;
import dev.fireside.emulator.database.engine.Database;
import dev.fireside.emulator.database.engine.Refusal;
import dev.fireside.emulator.database.engine.Subscriber;
import dev.fireside.emulator.database.engine.Subscription;
import dev.fireside.emulator.database.net.Outbox;
import dev.fireside.emulator.database.tree.Json;
import dev.fireside.emulator.database.tree.Node;
import dev.fireside.emulator.database.tree.Path;
import dev.fireside.emulator.database.tree.Query;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A stream of server-sent events: what stands at a place, and all that changes of it.
@SuppressWarnings("FutureReturnValueIgnored") // What cannot be sent ends with its channel.
final class EventStream implements Subscriber {
  private static final int KEEP_ALIVE_SECONDS = 30;
  private static final long SECOND_MS = 1_000;

  private final Channel channel;
  private final Outbox outbox;
  private final Database database;
  private final Path path;
  private final Query query;
  private final Identity who;
  private @Nullable Subscription subscription;
  private @Nullable Future<?> keepAlive;
  private @Nullable Future<?> expiry;

  EventStream(Channel channel, Database database, Path path, Query query, Identity who) {
    this.channel = channel;
    this.outbox = new Outbox(channel);
    this.database = database;
    this.path = path;
    this.query = query;
    this.who = who;
  }

  HttpResponse head() {
    var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8")
        .set(HttpHeaderNames.CACHE_CONTROL, "no-cache");
    HttpUtil.setTransferEncodingChunked(head, true);
    return head;
  }

  /// Begins, on the database's writer. Throws [Refusal] for those who may not read.
  void open(HttpResponse head, Clock clock) throws Refusal {
    Subscription begun = database.subscribe(path, query, this);
    subscription = begun;
    Node node = database.held(begun);
    channel.writeAndFlush(head);
    send("put", body(path, Json.tree(node, Json.Format.PLAIN)));
    keepAlive =
        channel
            .eventLoop()
            .scheduleAtFixedRate(
                () -> send("keep-alive", "null"),
                KEEP_ALIVE_SECONDS,
                KEEP_ALIVE_SECONDS,
                TimeUnit.SECONDS);
    if (who.expires()) {
      expiry =
          channel
              .eventLoop()
              .schedule(
                  () -> end("auth_revoked", "\"credential has expired\""),
                  who.expiresAt() * SECOND_MS - clock.millis(),
                  TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public Identity who() {
    return who;
  }

  @Override
  public void changed(Change change) {
    send(
        change.isMerge() ? "patch" : "put",
        change.encoded("events", same -> body(same.at(), same.plain())));
  }

  private String body(Path at, JsonNode data) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("path", TextNode.valueOf(at.from(path.size()).toString()));
    body.set("data", data);
    return body.toString();
  }

  private void send(String event, String data) {
    byte[] bytes =
        ("event: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    outbox.send(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes)), bytes.length);
  }

  @Override
  public void revoked() {
    end("cancel", "\"Permission denied.\"");
  }

  private void end(String event, String data) {
    send(event, data);
    channel
        .writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
        .addListener(ChannelFutureListener.CLOSE);
  }

  /// Ends, as the client has gone.
  void close() {
    if (keepAlive != null) {
      keepAlive.cancel(false);
    }
    if (expiry != null) {
      expiry.cancel(false);
    }
    database.execute(() -> {
      if (subscription != null) {
        database.unsubscribe(subscription);
      }
    });
  }
}
