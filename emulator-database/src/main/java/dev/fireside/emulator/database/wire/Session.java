package dev.fireside.emulator.database.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.database.auth.Identity;
import dev.fireside.emulator.database.auth.TokenException;
import dev.fireside.emulator.database.auth.Tokens;
import dev.fireside.emulator.database.engine.Call;
import dev.fireside.emulator.database.engine.Database;
import dev.fireside.emulator.database.engine.Refusal;
import dev.fireside.emulator.database.engine.SizeLimit;
import dev.fireside.emulator.database.engine.Subscription;
import dev.fireside.emulator.database.net.Outbox;
import dev.fireside.emulator.database.tree.InvalidDataException;
import dev.fireside.emulator.database.tree.Json;
import dev.fireside.emulator.database.tree.Node;
import dev.fireside.emulator.database.tree.Path;
import dev.fireside.emulator.database.tree.Query;
import dev.fireside.emulator.database.tree.QueryReader;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client's conversation with a database. All but [#handle] and [#close] happens on the
/// database's writer.
final class Session {
  private static final Logger log = LoggerFactory.getLogger(Session.class);
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// How many places a client may listen at.
  private static final int LISTENS_MAX = 50_000;

  private final Database database;
  private final Outbox outbox;
  private final Tokens tokens;
  private final Expiry expiry;
  private final Map<Place, Listen> listens = new HashMap<>();
  private final OnDisconnect onDisconnect = new OnDisconnect();
  private Identity who = Identity.NOBODY;
  private boolean closed;

  Session(Database database, Outbox outbox, Tokens tokens, Expiry expiry) {
    this.database = database;
    this.outbox = outbox;
    this.tokens = tokens;
    this.expiry = expiry;
  }

  private record Place(Path path, Query query) {}

  /// The first message.
  ///
  /// @param host where the client reaches us, `host:port`
  static String hello(String host, String sessionId, Clock clock) {
    ObjectNode hello = JSON.objectNode();
    hello.put("ts", clock.millis()).put("v", "5").put("h", host).put("s", sessionId);
    return control("h", hello);
  }

  /// The last message to a client that cannot be understood.
  static String error(String reason) {
    return control("e", JSON.textNode(reason));
  }

  private static String control(String type, JsonNode data) {
    ObjectNode message = JSON.objectNode().put("t", "c");
    message.putObject("d").put("t", type).set("d", data);
    return message.toString();
  }

  /// Does what a message asks for, later and in its turn.
  ///
  /// @param answered is run once it has been answered
  void handle(JsonNode message, Runnable answered) {
    JsonNode data = message.path("d");
    switch (message.path("t").asText()) {
      case "d" ->
          database.execute(() -> {
            try {
              answer(data);
            } finally {
              answered.run();
            }
          });
      case "c" -> {
        if (data.path("t").asText().equals("p")) {
          send(control("o", JSON.nullNode()));
        }
        answered.run();
      }
      default -> {
        answered.run();
        Frames.end(outbox, error("Invalid message"), "Invalid message");
      }
    }
  }

  private void answer(JsonNode request) {
    if (closed) {
      return;
    }
    ObjectNode body = JSON.objectNode();
    try {
      body.put("s", "ok").set("d", act(request.path("a").asText(), request.path("b")));
    } catch (Refusal e) {
      body.put("s", e.reason().code()).put("d", e.getMessage());
    } catch (InvalidDataException e) {
      body.put("s", "failure").put("d", e.getMessage());
    } catch (TokenException e) {
      body.put("s", e.code()).put("d", e.getMessage());
    } catch (RuntimeException e) {
      log.error("A request failed", e);
      body.put("s", "failure").put("d", "Internal server error");
    }
    reply(request.path("r").asLong(), body);
  }

  /// Answers a request that cannot be read, in its turn.
  void refuse(long request, String reason) {
    database.execute(() -> reply(request, JSON.objectNode().put("s", "failure").put("d", reason)));
  }

  private void reply(long request, ObjectNode body) {
    ObjectNode message = JSON.objectNode().put("t", "d");
    message.putObject("d").put("r", request).set("b", body);
    send(message.toString());
  }

  private JsonNode act(String action, JsonNode body) throws Refusal, TokenException {
    switch (action) {
      case "q" -> {
        return listen(body);
      }
      case "n" -> unlisten(body);
      case "g" -> {
        return get(path(body), query(body));
      }
      case "p" -> write(Call.put(path(body), value(body)), hash(body));
      case "m" -> write(Call.merge(path(body), value(body)), hash(body));
      case "o" -> defer(Call.put(path(body), value(body)));
      case "om" -> defer(Call.merge(path(body), value(body)));
      case "oc" -> onDisconnect.cancel(path(body));
      case "auth" -> {
        return become(tokens.read(body.path("cred").asText()));
      }
      case "gauth" -> {
        return become(acting(tokens.read(body.path("cred").asText()), body));
      }
      case "unauth" -> become(Identity.NOBODY);
      // App Check is not enforced here.
      case "s", "appcheck", "unappeck", "unappcheck" -> {}
      default -> throw Refusal.invalid("Unknown action");
    }
    return JSON.objectNode();
  }

  private JsonNode listen(JsonNode body) throws Refusal {
    Path path = path(body);
    Query query = query(body);
    if (listens.size() >= LISTENS_MAX) {
      throw Refusal.invalid("Too many listens on one connection");
    }
    drop(new Place(path, query));
    Listen listen = new Listen(this, outbox, path, query, body.get("q"), body.get("t"));
    Subscription subscription = database.subscribe(path, query, listen);
    listen.begin(subscription);
    listens.put(new Place(path, query), listen);
    Node held = database.held(subscription);
    String known = body.path("h").asText();
    if (known.isEmpty() || !known.equals(held.hash())) {
      listen.hold(held);
    }
    ObjectNode data = JSON.objectNode();
    if (database.missingIndex(path, query).isPresent()) {
      data.putArray("w").add("no_index");
    }
    return data;
  }

  private JsonNode get(Path path, Query query) throws Refusal {
    Node node = database.get(who, path, query);
    Optional<String> missing = database.missingIndex(path, query);
    if (missing.isPresent()) {
      throw Refusal.invalid(missing.get());
    }
    return Json.tree(node, Json.Format.EXPORT);
  }

  private void unlisten(JsonNode body) {
    drop(new Place(path(body), query(body)));
  }

  private void drop(Place place) {
    Listen listen = listens.remove(place);
    if (listen != null) {
      database.unsubscribe(listen.subscription());
    }
  }

  /// Forgets a listen that was revoked.
  void revoked(Path path, Query query) {
    listens.remove(new Place(path, query));
  }

  private void write(Call call, @Nullable String hash) throws Refusal {
    database.write(who, call, hash, SizeLimit.LARGE);
  }

  private void defer(Call call) throws Refusal {
    database.check(who, call);
    onDisconnect.add(call);
  }

  private static Identity acting(Identity admin, JsonNode body) {
    if (body.path("noauth").asBoolean()) {
      return Identity.NOBODY;
    }
    return body.get("authvar") instanceof ObjectNode auth ? Identity.as(auth) : admin;
  }

  private JsonNode become(Identity other) {
    who = other;
    expiry.at(other, () -> database.execute(this::expire));
    judge();
    ObjectNode data = JSON.objectNode();
    data.set("auth", other.auth());
    if (other.expires()) {
      data.put("expires", other.expiresAt());
    }
    return data;
  }

  private void expire() {
    if (closed || !expiry.isOver(who)) {
      return;
    }
    who = Identity.NOBODY;
    // Before listens end: a client that has a new token begins again, and loses none.
    ObjectNode body = JSON.objectNode().put("s", "expired_token");
    push("ac", body.put("d", "Auth token is expired."));
    judge();
  }

  private void judge() {
    database.judge(listens.values().stream().map(Listen::subscription).toList());
  }

  void push(String action, ObjectNode body) {
    ObjectNode message = JSON.objectNode().put("t", "d");
    message.putObject("d").put("a", action).set("b", body);
    send(message.toString());
  }

  private void send(String message) {
    Frames.of(message).send(outbox);
  }

  Identity who() {
    return who;
  }

  /// Ends the conversation, as the socket is gone, after all that was asked for.
  void close() {
    database.execute(() -> {
      closed = true;
      expiry.cancel();
      listens.values().forEach(listen -> database.unsubscribe(listen.subscription()));
      listens.clear();
      leave();
    });
  }

  private void leave() {
    for (Call call : onDisconnect.take()) {
      try {
        write(call, null);
      } catch (Refusal | InvalidDataException e) {
        log.info("What was to be written at a disconnect is refused: {}", e.getMessage());
      }
    }
  }

  private static Path path(JsonNode body) throws InvalidDataException {
    JsonNode path = body.path("p");
    if (!path.isTextual()) {
      throw new InvalidDataException("A path must be a string");
    }
    return Path.parse(path.textValue());
  }

  private static Query query(JsonNode body) {
    JsonNode query = body.path("q");
    return query.isObject() ? QueryReader.message(query) : Query.ALL;
  }

  private static JsonNode value(JsonNode body) {
    return body.has("d") ? body.get("d") : JSON.nullNode();
  }

  private static @Nullable String hash(JsonNode body) {
    return body.path("h").textValue();
  }
}
