package dev.fireside.emulator.database.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fireside.emulator.database.auth.Identity;
import dev.fireside.emulator.database.engine.Database;
import dev.fireside.emulator.database.engine.Refusal;
import dev.fireside.emulator.database.engine.RulesText;
import dev.fireside.emulator.database.rules.RulesException;

/// The rules of a database, for its owner.
final class Settings {
  static final String RULES = "/.settings/rules.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(JsonParser.Feature.ALLOW_COMMENTS);

  private Settings() {}

  /// Reads or sets the rules, on the database's writer.
  static RestAnswer rules(Database database, Identity who, RestRequest request)
      throws RestException, Refusal {
    if (!who.admin()) {
      throw new RestException(401, "Permission denied");
    }
    return switch (request.method()) {
      case "GET" -> RestAnswer.ok(json(database.rules().text()));
      case "PUT" -> {
        try {
          database.rules(RulesText.parse(request.body()));
        } catch (RulesException e) {
          throw new RestException(400, String.valueOf(e.getMessage()));
        }
        yield RestAnswer.ok(JsonNodeFactory.instance.objectNode().put("status", "ok"));
      }
      default -> throw new RestException(405, "Method not allowed");
    };
  }

  private static JsonNode json(String text) throws RestException {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new RestException(500, "The rules cannot be shown as JSON");
    }
  }
}
