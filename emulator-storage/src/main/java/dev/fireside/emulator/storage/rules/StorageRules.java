package dev.fireside.emulator.storage.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rules, read and ready to judge (<https://firebase.google.com/docs/rules/rules-language>).
public final class StorageRules {
  private final Rule service;

  private StorageRules(Rule service) {
    this.service = service;
  }

  /// Reads rules. Throws [RulesSyntaxException] for what are none.
  public static StorageRules parse(String text) {
    return new StorageRules(new RulesParser(text).parse());
  }

  /// What somebody wants.
  ///
  /// @param name of the object; of a list what names begin with
  /// @param auth `uid` and `token` of who asks; null for nobody
  /// @param object the object as it would be; null where nothing is written
  /// @param before the object as it is; null where there is none
  public record Request(
      Method method,
      String bucket,
      String name,
      @Nullable Map<String, Object> auth,
      @Nullable Map<String, Object> object,
      @Nullable Map<String, Object> before,
      Instant time) {}

  /// Whether it is allowed: one block that matches and whose condition holds is enough.
  public boolean allow(Request request, Documents documents) {
    var path = new ArrayList<>(List.of("b", request.bucket(), "o"));
    if (!request.name().isEmpty()) {
      path.addAll(List.of(request.name().split("/", -1)));
    }
    var variables = new HashMap<String, @Nullable Object>();
    var asked = new HashMap<String, @Nullable Object>();
    asked.put("auth", request.auth());
    asked.put("method", request.method().wireName());
    asked.put("path", new PathValue(path));
    asked.put("time", request.time());
    asked.put("resource", request.object());
    variables.put("request", asked);
    variables.put("resource", request.before());
    Scope scope = new Scope(variables, service.functions(), null);
    return service.inner().stream().anyMatch(rule -> allows(rule, path, scope, request, documents));
  }

  private static boolean allows(
      Rule rule, List<String> path, Scope outer, Request request, Documents documents) {
    var variables = new HashMap<String, @Nullable Object>();
    int matched = match(rule.pattern(), path, variables);
    if (matched < 0) {
      return false;
    }
    Scope scope = new Scope(variables, rule.functions(), outer);
    List<String> rest = path.subList(matched, path.size());
    if (rest.isEmpty()
        && rule.allows().stream()
            .filter(allow -> allow.methods().contains(request.method()))
            .anyMatch(allow ->
                new Evaluator(request.bucket(), documents).holds(allow.condition(), scope))) {
      return true;
    }
    return rule.inner().stream().anyMatch(inner -> allows(inner, rest, scope, request, documents));
  }

  /// How many parts of the path the pattern takes; -1 where it does not match.
  private static int match(
      List<Rule.Segment> pattern, List<String> path, Map<String, @Nullable Object> variables) {
    for (int i = 0; i < pattern.size(); i++) {
      Rule.Segment segment = pattern.get(i);
      if (segment.kind() == Rule.Segment.Kind.REST) {
        variables.put(segment.name(), new PathValue(path.subList(i, path.size())));
        return path.size();
      }
      if (i == path.size()) {
        return -1;
      }
      if (segment.kind() == Rule.Segment.Kind.ONE) {
        variables.put(segment.name(), path.get(i));
      } else if (!segment.name().equals(path.get(i))) {
        return -1;
      }
    }
    return pattern.size();
  }
}
