package dev.fireside.emulator.database.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What requests do to a database. All of it happens on the database's writer.
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

  private final PushIds ids;

  RestCalls(PushIds ids) {
    this.ids = ids;
  }

  RestAnswer answer(Database database, Path path, Identity who, RestRequest request)
      throws RestException, Refusal {
    boolean conditional = request.header("if-match") != null;
    if (conditional && !Set.of("PUT", "DELETE", "GET").contains(request.method())) {
      throw new RestException(400, "Conditional requests are only for PUT and DELETE");
    }
    return switch (request.method()) {
      case "GET", "HEAD" -> get(database, path, who, request);
      case "PUT" -> put(database, who, path, request.json(), request);
      case "DELETE" -> put(database, who, path, JSON.nullNode(), request);
      case "POST" -> post(database, who, path, request);
      case "PATCH" -> patch(database, who, path, request);
      default -> throw new RestException(405, "Method not allowed");
    };
  }

  private static RestAnswer get(Database database, Path path, Identity who, RestRequest request)
      throws RestException, Refusal {
    Query query = query(request);
    boolean shallow = request.has("shallow", "true");
    if (shallow && request.parameters().keySet().stream().anyMatch(QUERY::contains)) {
      throw new RestException(400, "Mixing 'shallow' and querying parameters is not supported");
    }
    Node found = database.get(who, path, query);
    Optional<String> missing = database.missingIndex(path, query);
    if (missing.isPresent()) {
      throw new RestException(400, missing.get());
    }
    RestAnswer answer = RestAnswer.ok(shallow ? shallow(found) : json(found, request));
    return wantsEtag(request) ? answer.withEtag(etag(database.root().at(path))) : answer;
  }

  static Query query(RestRequest request) {
    return QueryReader.parameters(request.parameters());
  }

  private static JsonNode shallow(Node node) {
    if (!(node instanceof Branch branch) || branch.isEmpty()) {
      return Json.tree(node, Json.Format.PLAIN);
    }
    ObjectNode keys = JSON.objectNode();
    branch.children().forEach(child -> keys.put(child.getKey(), true));
    return keys;
  }

  private RestAnswer put(
      Database database, Identity who, Path path, JsonNode value, RestRequest request)
      throws Refusal {
    @Nullable String expected = request.header("if-match");
    Node node = database.root().at(path);
    if (expected != null && !expected.equals(etag(node))) {
      // Whoever may not read it is not told what stands there.
      Node current = database.get(who, path, Query.ALL);
      return new RestAnswer(412, java.util.Map.of(), json(current, request))
          .withEtag(etag(current));
    }
    database.write(who, Call.put(path, value), null);
    Node now = database.root().at(path);
    RestAnswer answer = RestAnswer.ok(json(now, request));
    return wantsEtag(request) ? answer.withEtag(etag(now)) : answer;
  }

  private RestAnswer post(Database database, Identity who, Path path, RestRequest request)
      throws RestException, Refusal {
    String name = ids.next();
    database.write(who, Call.put(path.child(name), request.json()), null);
    return RestAnswer.ok(JSON.objectNode().put("name", name));
  }

  private static RestAnswer patch(Database database, Identity who, Path path, RestRequest request)
      throws RestException, Refusal {
    JsonNode values = request.json();
    database.write(who, Call.merge(path, values), null);
    ObjectNode written = JSON.objectNode();
    values
        .fieldNames()
        .forEachRemaining(name ->
            written.set(name, json(database.root().at(path.plus(Path.parse(name))), request)));
    return RestAnswer.ok(written);
  }

  private static boolean wantsEtag(RestRequest request) {
    return "true".equalsIgnoreCase(request.header("X-Firebase-ETag"));
  }

  private static String etag(Node node) {
    return node.isEmpty() ? NULL_ETAG : node.hash();
  }

  private static JsonNode json(Node node, RestRequest request) {
    return Json.tree(
        node, request.has("format", "export") ? Json.Format.EXPORT : Json.Format.PLAIN);
  }
}
