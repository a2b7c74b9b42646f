package dev.fireside.emulator.database.rules;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fireside.emulator.database.tree.InvalidDataException;
import dev.fireside.emulator.database.tree.Keys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads a rules file: JSON with comments and with strings over several lines.
final class RulesReader {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /// How deep rules may be nested; data is at most as deep.
  private static final int DEPTH_MAX = 33;

  private final String text;
  private final JsonParser json;

  private RulesReader(String text, JsonParser json) {
    this.text = text;
    this.json = json;
  }

  static Level read(String text) {
    try (JsonParser json = MAPPER.createParser(text)) {
      return new RulesReader(text, json).file();
    } catch (JacksonException e) {
      JsonLocation at = e.getLocation();
      throw at == null
          ? new RulesException(e.getOriginalMessage(), 1, 1)
          : new RulesException(e.getOriginalMessage(), at.getLineNr(), at.getColumnNr());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Level file() throws IOException {
    expectObject("The file");
    if (!"rules".equals(json.nextFieldName())) {
      throw mistake("The file must be an object with one name, \"rules\"");
    }
    json.nextToken();
    Level level = level("", Map.of(), 0);
    if (json.nextToken() != JsonToken.END_OBJECT) {
      throw mistake("Beside \"rules\" nothing may stand");
    }
    if (json.nextToken() != null) {
      throw mistake("After the rules nothing may stand");
    }
    return level;
  }

  private void expectObject(String what) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw mistake(what + " must be an object");
    }
  }

  private Level level(String place, Map<String, Type> wildcards, int depth) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw mistake("The rules of \"%s\" must be an object".formatted(place));
    }
    if (depth > DEPTH_MAX) {
      throw mistake("Rules are nested deeper than %d".formatted(DEPTH_MAX));
    }
    Map<String, Rule> rules = new HashMap<>();
    List<String> indexes = new ArrayList<>();
    Map<String, Level> children = new HashMap<>();
    String wildcard = null;
    Level others = null;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      String path = place + "/" + name;
      if (name.equals(".indexOn")) {
        indexes.addAll(indexes());
      } else if (name.startsWith(".")) {
        rules.put(name, rule(name, path, wildcards));
      } else if (name.startsWith("$")) {
        if (wildcard != null) {
          throw mistake(
              "\"%s\" stands beside \"%s\"; one place has one wildcard".formatted(name, wildcard));
        }
        wildcard = name;
        Map<String, Type> more = withWildcard(wildcards, name);
        json.nextToken();
        others = level(path, more, depth + 1);
      } else {
        checkKey(name);
        json.nextToken();
        children.put(name, level(path, wildcards, depth + 1));
      }
    }
    return new Level(
        rules.get(".read"),
        rules.get(".write"),
        rules.get(".validate"),
        indexes,
        children,
        wildcard,
        others);
  }

  private Map<String, Type> withWildcard(Map<String, Type> wildcards, String name) {
    if (!name.matches("\\$[A-Za-z0-9_$]+")) {
      throw mistake("\"%s\" is no name of a wildcard".formatted(name));
    }
    Map<String, Type> more = new HashMap<>(wildcards);
    if (more.put(name, Type.STRING) != null) {
      throw mistake("\"%s\" is a wildcard above already".formatted(name));
    }
    return more;
  }

  private void checkKey(String name) {
    try {
      Keys.check(name);
    } catch (InvalidDataException e) {
      throw mistake(String.valueOf(e.getMessage()));
    }
  }

  private Rule rule(String kind, String name, Map<String, Type> wildcards) throws IOException {
    if (!List.of(".read", ".write", ".validate").contains(kind)) {
      throw mistake(
          "\"%s\" is no rule: there are .read, .write, .validate and .indexOn".formatted(kind));
    }
    JsonToken token = json.nextToken();
    int line = json.currentTokenLocation().getLineNr();
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return new Rule(name, line, new Expression.Literal(0, token == JsonToken.VALUE_TRUE));
    }
    if (token != JsonToken.VALUE_STRING) {
      throw mistake("%s must be a string or a boolean".formatted(kind));
    }
    int start = (int) json.currentTokenLocation().getCharOffset() + 1;
    try {
      Expression expression = ExpressionReader.read(json.getText());
      TypeCheck.check(expression, variables(kind, wildcards));
      return new Rule(name, line, expression);
    } catch (ExpressionException e) {
      throw mistakeAt("%s: %s".formatted(name, e.text()), sourceOffset(start, e.at()));
    }
  }

  private static Map<String, Type> variables(String kind, Map<String, Type> wildcards) {
    Map<String, Type> variables = new HashMap<>(wildcards);
    variables.put("auth", Type.ANY);
    variables.put("root", Type.SNAPSHOT);
    variables.put("data", Type.SNAPSHOT);
    variables.put("now", Type.NUMBER);
    variables.put("query", Type.QUERY);
    if (!kind.equals(".read")) {
      variables.put("newData", Type.SNAPSHOT);
    }
    return variables;
  }

  private List<String> indexes() throws IOException {
    JsonToken token = json.nextToken();
    if (token == JsonToken.VALUE_STRING) {
      return List.of(json.getText());
    }
    List<String> indexes = new ArrayList<>();
    if (token != JsonToken.START_ARRAY) {
      throw mistake(".indexOn must be a string or an array of strings");
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_STRING) {
        throw mistake(".indexOn must be a string or an array of strings");
      }
      indexes.add(json.getText());
    }
    return indexes;
  }

  private RulesException mistake(String message) {
    JsonLocation at = json.currentTokenLocation();
    return new RulesException(message, at.getLineNr(), at.getColumnNr());
  }

  private RulesException mistakeAt(String message, int offset) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < offset; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new RulesException(message, line, offset - lineStart + 1);
  }

  /// Where a character of a string stands in the file: an escape is longer there than what it
  /// means.
  private int sourceOffset(int start, int index) {
    int offset = start;
    for (int i = 0; i < index && offset < text.length(); i++) {
      if (text.charAt(offset) == '\\') {
        offset += text.startsWith("\\u", offset) ? 6 : 2;
      } else {
        offset++;
      }
    }
    return Math.min(offset, text.length());
  }
}
