package dev.fireside.emulator.database.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.fireside.emulator.database.auth.Identity;
import dev.fireside.emulator.database.engine.Call;
import dev.fireside.emulator.database.engine.Database;
import dev.fireside.emulator.database.engine.Refusal;
import dev.fireside.emulator.database.tree.Branch;
import dev.fireside.emulator.database.tree.Json;
import dev.fireside.emulator.database.tree.Node;
import dev.fireside.emulator.database.tree.Path;
import dev.fireside.emulator.database.tree.Query;
import dev.fireside.emulator.database.tree.QueryReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What requests do to a database.
public final class RestCalls {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String NULL_ETAG = "null_etag";
  private static final Set<String> QUERY =
      Set.of(
          "orderBy",
          "startAt",
          "startAfter",
          "endAt",
          "endBefore",
          "equalTo",
          "limitToFirst",
          "limitToLast");

  private static final Set<String> LISTING = Set.of("limitToFirst", "startAfter");

  private final PushIds ids;

  RestCalls(PushIds ids) {
    this.ids = ids;
  }

  /// Reads, on any thread.
  static RestAnswer read(Database database, Path path, Identity who, RestRequest request)
      throws RestException, Refusal {
    if (request.has("shallow", "true")) {
      return RestAnswer.ok(shallow(database.get(who, path, listing(request))));
    }
    Query query = query(request);
    Node found = database.get(who, path, query);
    Optional<String> missing = database.missingIndex(path, query);
    if (missing.isPresent()) {
      throw new RestException(400, missing.get());
    }
    RestAnswer answer = data(200, found, request);
    return wantsEtag(request)
        ? answer.withEtag(etag(query.loadsAll() ? found : database.root().at(path)))
        : answer;
  }

  static Query query(RestRequest request) {
    return QueryReader.parameters(request.parameters());
  }

  /// Which keys a shallow read lists: all, or as Firebase's command line asks, so many after a key
  /// that is not JSON.
  private static Query listing(RestRequest request) throws RestException {
    Map<String, String> listing = new HashMap<>(request.parameters());
    listing.keySet().retainAll(QUERY);
    if (!LISTING.containsAll(listing.keySet())) {
      throw new RestException(400, "Mixing 'shallow' and querying parameters is not supported");
    }
    if (listing.isEmpty()) {
      return Query.ALL;
    }
    listing.put("orderBy", "\"$key\"");
    listing.computeIfPresent(
        "startAfter", (_, key) -> key.startsWith("\"") ? key : TextNode.valueOf(key).toString());
    return QueryReader.parameters(listing);
  }

  private static JsonNode shallow(Node node) {
    if (!(node instanceof Branch branch) || branch.isEmpty()) {
      return Json.tree(node, Json.Format.PLAIN);
    }
    ObjectNode keys = JSON.objectNode();
    branch.children().forEach(child -> keys.put(child.getKey(), true));
    return keys;
  }

  /// What a request asks to be written.
  static JsonNode sent(RestRequest request) throws RestException {
    String method = request.method();
    if (request.header("if-match") != null && !Set.of("PUT", "DELETE").contains(method)) {
      throw new RestException(400, "Conditional requests are only for PUT and DELETE");
    }
    return switch (method) {
      case "DELETE" -> JSON.nullNode();
      case "PUT", "POST", "PATCH" -> request.json();
      default -> throw new RestException(405, "Method not allowed");
    };
  }

  /// Writes, on the database's writer.
  RestAnswer write(Database database, Path path, Identity who, RestRequest request, JsonNode sent)
      throws RestException, Refusal {
    return switch (request.method()) {
      case "POST" -> post(database, who, path, sent, request);
      case "PATCH" -> patch(database, who, path, sent, request);
      default -> put(database, who, path, sent, request);
    };
  }

  private static RestAnswer put(
      Database database, Identity who, Path path, JsonNode sent, RestRequest request)
      throws RestException, Refusal {
    @Nullable String expected = request.header("if-match");
    Node node = database.root().at(path);
    if (expected != null && !expected.equals(etag(node))) {
      // Whoever may not read it is not told what stands there.
      Node current = database.get(who, path, Query.ALL);
      return data(412, current, request).withEtag(etag(current));
    }
    database.write(who, Call.put(path, sent), null, request.sizeLimit());
    Node now = database.root().at(path);
    RestAnswer answer = data(200, now, request);
    return wantsEtag(request) ? answer.withEtag(etag(now)) : answer;
  }

  private RestAnswer post(
      Database database, Identity who, Path path, JsonNode sent, RestRequest request)
      throws RestException, Refusal {
    String name = ids.next();
    database.write(who, Call.put(path.child(name), sent), null, request.sizeLimit());
    return RestAnswer.ok(JSON.objectNode().put("name", name));
  }

  private static RestAnswer patch(
      Database database, Identity who, Path path, JsonNode sent, RestRequest request)
      throws RestException, Refusal {
    database.write(who, Call.merge(path, sent), null, request.sizeLimit());
    ObjectNode written = JSON.objectNode();
    sent.fieldNames()
        .forEachRemaining(name ->
            written.set(
                name, Json.tree(database.root().at(path.plus(Path.parse(name))), format(request))));
    return RestAnswer.ok(written);
  }

  private static boolean wantsEtag(RestRequest request) {
    return "true".equalsIgnoreCase(request.header("X-Firebase-ETag"));
  }

  private static String etag(Node node) {
    return node.isEmpty() ? NULL_ETAG : node.hash();
  }

  private static RestAnswer data(int status, Node node, RestRequest request) {
    return RestAnswer.data(status, node, format(request));
  }

  private static Json.Format format(RestRequest request) {
    return request.has("format", "export") ? Json.Format.EXPORT : Json.Format.PLAIN;
  }
}
