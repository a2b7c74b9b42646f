package dev.fireside.stripe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.ids.DocumentNames;
import dev.fireside.shared.json.Json;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An object of a provider's body, read strictly: a field that is there must be usable, and numbers
/// keep their decimals. Every method that refuses throws a 400 problem naming the field.
public final class Payload {
  /// The end of year 9999, in milliseconds: providers send wrong times, but none past it.
  private static final long TIME_MAX = 253_402_300_799_999L;

  private static final String NO_ID = "must be an id: visible ASCII without slashes";

  private final JsonNode node;
  private final String path;

  private Payload(JsonNode node, String path) {
    this.node = node;
    this.path = path;
  }

  /// The body of a request: strict UTF-8, strict JSON, an object.
  public static Payload of(Request request) {
    if (request
        .header("Content-Encoding")
        .filter(encoding -> !encoding.equalsIgnoreCase("identity"))
        .isPresent()) {
      throw ProblemException.of(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body without Content-Encoding");
    }
    return of(text(request.rawBody()));
  }

  /// A body as text. Throws a 400 problem for what is not UTF-8.
  public static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("body", "is not valid UTF-8");
    }
  }

  /// A JSON object.
  public static Payload of(String json) {
    try {
      JsonNode node = Json.tree(json);
      if (node == null || !node.isObject()) {
        throw malformed("body", "must be a JSON object");
      }
      return new Payload(node, "");
    } catch (JsonProcessingException e) {
      throw malformed("body", e.getOriginalMessage());
    }
  }

  /// Whether a field is there and not null.
  public boolean has(String name) {
    return !node.path(name).isMissingNode() && !node.path(name).isNull();
  }

  /// An object inside; an empty one where it is absent.
  public Payload object(String name) {
    JsonNode value = node.path(name);
    if (has(name) && !value.isObject()) {
      throw refuse(name, "must be an object");
    }
    return new Payload(value, path + name + "/");
  }

  /// The objects of a list inside; none where it is absent.
  public List<Payload> objects(String name) {
    var objects = new ArrayList<Payload>();
    for (int i = 0; i < node.path(name).size(); i++) {
      objects.add(new Payload(node.path(name).path(i), path + name + "/" + i + "/"));
    }
    return objects;
  }

  /// The ids of a list inside; none where it is absent.
  public List<String> ids(String name) {
    var ids = new ArrayList<String>();
    for (int i = 0; i < node.path(name).size(); i++) {
      JsonNode value = node.path(name).path(i);
      if (!value.isTextual() || !DocumentNames.isId(value.textValue())) {
        throw refuse(name + "/" + i, NO_ID);
      }
      ids.add(value.textValue());
    }
    return ids;
  }

  /// The texts of a list inside that can be ids; others are passed over.
  public List<String> usableIds(String name) {
    return usable(name, DocumentNames::isId);
  }

  private List<String> usable(String name, Predicate<String> rule) {
    return node.path(name)
        .valueStream()
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(rule)
        .toList();
  }

  /// A text that can stand in document names.
  public String id(String name) {
    String value = optionalId(name);
    if (value == null) {
      throw refuse(name, "is missing");
    }
    return value;
  }

  /// A text that can stand in document names, or null where it is absent.
  public @Nullable String optionalId(String name) {
    if (!has(name)) {
      return null;
    }
    JsonNode value = node.path(name);
    if (!value.isTextual() || !DocumentNames.isId(value.textValue())) {
      throw refuse(name, NO_ID);
    }
    return value.textValue();
  }

  /// A text that can stand in document names, or null where it is absent or cannot.
  public @Nullable String usableId(String name) {
    JsonNode value = node.path(name);
    return value.isTextual() && DocumentNames.isId(value.textValue()) ? value.textValue() : null;
  }

  /// A store's name for a product, which must be there.
  public String name(String name) {
    String value = optionalName(name);
    if (value == null) {
      throw refuse(name, "is missing");
    }
    return value;
  }

  /// A store's name for a product, or null where it is absent.
  public @Nullable String optionalName(String name) {
    if (!has(name)) {
      return null;
    }
    String value = text(name);
    if (!DocumentNames.isName(value)) {
      throw refuse(name, "must be 1 to 255 characters, none a slash or a control character");
    }
    return value;
  }

  /// A text that can be a name, unless it is absent or cannot.
  public Optional<String> usableName(String name) {
    JsonNode value = node.path(name);
    return Optional.ofNullable(value.textValue()).filter(DocumentNames::isName);
  }

  /// The texts of a list inside that can be names; others are passed over.
  public List<String> usableNames(String name) {
    return usable(name, DocumentNames::isName);
  }

  /// A text, or an empty one where it is absent.
  public String text(String name) {
    JsonNode value = node.path(name);
    if (has(name) && !value.isTextual()) {
      throw refuse(name, "must be a text");
    }
    return has(name) ? value.textValue() : "";
  }

  /// A flag, or false.
  public boolean flag(String name) {
    return node.path(name).asBoolean(false);
  }

  /// A whole number, or `fallback` where it is absent.
  public long number(String name, long fallback) {
    JsonNode value = node.path(name);
    if (!has(name)) {
      return fallback;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw refuse(name, "must be a whole number");
    }
    return value.longValue();
  }

  /// A time in milliseconds, or null where it is absent.
  public @Nullable Long time(String name) {
    if (!has(name)) {
      return null;
    }
    long value = number(name, 0);
    if (value < 0 || value > TIME_MAX) {
      throw refuse(name, "is not a time");
    }
    return value;
  }

  /// A time in seconds, which must be there.
  public long seconds(String name) {
    long value = number(name, -1);
    if (value < 0 || value > TIME_MAX / 1_000) {
      throw refuse(name, "is not a time");
    }
    return value;
  }

  /// A number with decimals, or null where it is absent.
  public @Nullable BigDecimal decimal(String name) {
    JsonNode value = node.path(name);
    if (!has(name)) {
      return null;
    }
    if (!value.isNumber()) {
      throw refuse(name, "must be a number");
    }
    return value.decimalValue();
  }

  /// A 400 problem about a field.
  public ProblemException refuse(String name, String message) {
    return ProblemException.invalid(
        ProblemType.INVALID_INPUT, List.of(new FieldError(path + name, message)));
  }

  private static ProblemException malformed(String field, String message) {
    return ProblemException.invalid(
        ProblemType.MALFORMED_BODY, List.of(new FieldError(field, message)));
  }
}
