package dev.fireside.emulator.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import dev.fireside.shared.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What `docs/openapi.yaml` promises of answers. Each answer of a documented operation that a test
/// receives is held to its schema, which must name every field: what is undocumented fails too.
final class ApiContract {
  private static final String DOCUMENT = "docs/openapi.yaml";
  private static final String IRI = "urn:fireside:openapi";
  private static final int ERRORS_SHOWN = 5;
  private static final int ALIASES_MAX = 2_000;
  private static final List<String> COMPOSITIONS = List.of("allOf", "anyOf", "oneOf");

  private final JsonNode document;
  private final SchemaRegistry registry;
  private final List<Operation> operations;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  private record Operation(String method, List<String> template, String pointer) {
    boolean answers(String asked, List<String> path) {
      if (!method.equalsIgnoreCase(asked) || template.size() != path.size()) {
        return false;
      }
      for (int i = 0; i < path.size(); i++) {
        if (!template.get(i).startsWith("{") && !template.get(i).equals(path.get(i))) {
          return false;
        }
      }
      return true;
    }

    long variables() {
      return template.stream().filter(part -> part.startsWith("{")).count();
    }
  }

  private ApiContract(JsonNode document) {
    this.document = document;
    document.findValues("content").forEach(this::close);
    this.registry =
        SchemaRegistry.withDefaultDialect(
            // The document around the schemas has words of its own.
            Dialect.builder(Dialects.getDraft202012())
                .unknownKeywordFactory((word, _) -> new NonValidationKeyword(word))
                .build(),
            builder -> builder.schemas(Map.of(IRI, document.toString())));
    var found = new ArrayList<Operation>();
    for (var path : document.path("paths").properties()) {
      for (var method : path.getValue().properties()) {
        found.add(
            new Operation(
                method.getKey(),
                parts(path.getKey()),
                "/paths/" + escaped(path.getKey()) + "/" + method.getKey()));
      }
    }
    // Of two that answer a path, the one with fewer variables is meant.
    found.sort(Comparator.comparingLong(Operation::variables));
    this.operations = List.copyOf(found);
  }

  /// The contract of the repository that the tests run in.
  static ApiContract load() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve(DOCUMENT))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("There is no " + DOCUMENT + " above the working folder");
      }
    }
    try (InputStream in = Files.newInputStream(folder.resolve(DOCUMENT))) {
      var settings =
          LoadSettings.builder()
              .setLabel(DOCUMENT)
              .setMaxAliasesForCollections(ALIASES_MAX)
              .build();
      Object yaml = new Load(settings).loadFromInputStream(in);
      // Aliases become copies.
      return new ApiContract(Json.mapper().readTree(Json.mapper().writeValueAsBytes(yaml)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Fails where an answer breaks the contract.
  ///
  /// @param target the path that was called, with its query
  /// @throws AssertionError naming the operation, the place in the answer, and what is wrong there
  void check(String method, String target, Reply reply) {
    List<String> path = parts(target.split("\\?", 2)[0]);
    for (Operation operation : operations) {
      if (operation.answers(method, path)) {
        check(operation, reply);
        return;
      }
    }
  }

  private void check(Operation operation, Reply reply) {
    String name = operation.method() + " /" + String.join("/", operation.template());
    String responses = operation.pointer() + "/responses/";
    String status = Integer.toString(reply.status());
    JsonNode response = document.at(responses + status);
    String at = responses + status;
    if (response.isMissingNode()) {
      if (reply.status() < 400) {
        throw new AssertionError(name + " answers " + status + ", which is not documented");
      }
      at = responses + "default";
      response = document.at(at);
    }
    if (response.has("$ref")) {
      at = response.path("$ref").asText().substring(1);
    }
    if (reply.body().isMissingNode()) {
      return;
    }
    String type = reply.header("Content-Type").orElse("").split(";", 2)[0];
    String schema = at + "/content/" + escaped(type) + "/schema";
    if (document.at(schema).isMissingNode()) {
      throw new AssertionError(name + " answers " + status + " as " + type + ": undocumented");
    }
    List<Error> errors =
        schemas
            .computeIfAbsent(schema, it -> registry.getSchema(SchemaLocation.of(IRI + "#" + it)))
            .validate(
                reply.body(),
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    if (!errors.isEmpty()) {
      throw new AssertionError(
          name
              + " answers "
              + status
              + " not as documented: "
              + errors.subList(0, Math.min(ERRORS_SHOWN, errors.size())));
    }
  }

  private void close(JsonNode content) {
    content.forEach(type -> close(type.path("schema"), true, new HashSet<>()));
  }

  /// Lets a schema allow the fields that it names, and no others, and likewise those in it.
  ///
  /// @param whole whether it describes an object whole; a part of a composition does not
  private void close(JsonNode schema, boolean whole, Set<String> seen) {
    if (!(schema instanceof ObjectNode object)) {
      return;
    }
    if (whole && namesFields(schema)) {
      object.put("unevaluatedProperties", false);
    }
    schema.path("properties").forEach(field -> close(field, true, seen));
    close(schema.path("items"), true, seen);
    close(schema.path("additionalProperties"), true, seen);
    COMPOSITIONS.forEach(of -> schema.path(of).forEach(part -> close(part, false, seen)));
    if (schema.has("$ref") && seen.add(schema.path("$ref").asText())) {
      close(target(schema), false, seen);
    }
  }

  private boolean namesFields(JsonNode schema) {
    return schema.has("properties")
        || (schema.has("$ref") && namesFields(target(schema)))
        || COMPOSITIONS.stream().anyMatch(of -> anyNamesFields(schema.path(of)));
  }

  private boolean anyNamesFields(JsonNode schemas) {
    return StreamSupport.stream(schemas.spliterator(), false).anyMatch(this::namesFields);
  }

  private JsonNode target(JsonNode reference) {
    return document.at(reference.path("$ref").asText().substring(1));
  }

  private static List<String> parts(String path) {
    return Stream.of(path.split("/")).filter(part -> !part.isEmpty()).toList();
  }

  private static String escaped(String part) {
    return part.replace("~", "~0").replace("/", "~1");
  }
}
