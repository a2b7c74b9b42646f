package dev.fireside.emulator.database.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.fireside.emulator.database.auth.Identity;
import dev.fireside.emulator.database.engine.Change;
import dev.fireside.emulator.database.engine.Subscriber;
import dev.fireside.emulator.database.engine.Subscription;
import dev.fireside.emulator.database.net.Outbox;
import dev.fireside.emulator.database.tree.Json;
import dev.fireside.emulator.database.tree.Node;
import dev.fireside.emulator.database.tree.Path;
import dev.fireside.emulator.database.tree.Query;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What one client listens to at one place, by one query.
final class Listen implements Subscriber {
  private final Session session;
  private final Outbox outbox;
  private final Path path;
  private final Query query;

  /// The query as the client sent it, as JSON; null for all of a place.
  private final @Nullable String sentQuery;

  /// The client's number for this query, as JSON; empty for all of a place.
  private final String tag;

  private @Nullable Subscription subscription;

  Listen(
      Session session,
      Outbox outbox,
      Path path,
      Query query,
      @Nullable JsonNode sentQuery,
      @Nullable JsonNode tag) {
    this.session = session;
    this.outbox = outbox;
    this.path = path;
    this.query = query;
    this.sentQuery = sentQuery == null ? null : sentQuery.toString();
    this.tag = tag == null ? "" : tag.toString();
  }

  void begin(Subscription begun) {
    subscription = begun;
  }

  Subscription subscription() {
    return Objects.requireNonNull(subscription);
  }

  /// Sends all that the client is to hold.
  void hold(Node node) {
    Frames.of(message("d", path, Json.text(node, Json.Format.EXPORT))).send(outbox);
  }

  @Override
  public Identity who() {
    return session.who();
  }

  @Override
  public void changed(Change change) {
    Frames frames =
        change.encoded(
            tag, same -> Frames.of(message(same.isMerge() ? "m" : "d", same.at(), same.json())));
    frames.send(outbox);
  }

  private String message(String action, Path at, String json) {
    return "{\"t\":\"d\",\"d\":{\"a\":\"%s\",\"b\":{\"p\":%s,\"d\":%s%s}}}"
        .formatted(
            action,
            TextNode.valueOf(String.join("/", at.segments())),
            json,
            tag.isEmpty() ? "" : ",\"t\":" + tag);
  }

  @Override
  public void revoked() {
    session.revoked(path, query);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("p", String.join("/", path.segments()));
    if (sentQuery != null) {
      body.putArray("q").addRawValue(new RawValue(sentQuery));
    }
    session.push("c", body);
  }
}
