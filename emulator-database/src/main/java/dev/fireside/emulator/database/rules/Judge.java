package dev.fireside.emulator.database.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.database.tree.Branch;
import dev.fireside.emulator.database.tree.Node;
import dev.fireside.emulator.database.tree.Path;
import dev.fireside.emulator.database.tree.Query;
import dev.fireside.emulator.database.tree.Write;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One judgement of a read or a write.
final class Judge {
  private final Level top;
  private final @Nullable JsonNode auth;
  private final Node before;
  private final @Nullable Node after;
  private final Query query;
  private final long nowMillis;
  private final Set<Path> reads = new HashSet<>();
  private final Set<Path> unused = new HashSet<>();

  Judge(
      Level top,
      @Nullable JsonNode auth,
      Node before,
      @Nullable Node after,
      Query query,
      long nowMillis) {
    this.top = top;
    this.auth = auth;
    this.before = before;
    this.after = after;
    this.query = query;
    this.nowMillis = nowMillis;
  }

  Decision read(Path path) {
    return cascade(path, true);
  }

  private Decision cascade(Path path, boolean read) {
    Map<String, String> wildcards = new HashMap<>();
    StringBuilder denials = new StringBuilder();
    Level level = top;
    for (int depth = 0; level != null; depth++) {
      Rule rule = read ? level.read() : level.write();
      if (rule != null) {
        Rule.Outcome outcome = rule.evaluate(scope(path, depth, wildcards));
        if (outcome.isTrue()) {
          return decision(true, rule + " is true");
        }
        denials.append(denials.isEmpty() ? "" : "; ").append(words(rule, outcome));
      }
      level = depth == path.size() ? null : descend(level, path.get(depth), wildcards);
    }
    String kind = read ? ".read" : ".write";
    return decision(
        false, denials.isEmpty() ? "no %s rule for %s".formatted(kind, path) : denials.toString());
  }

  private static @Nullable Level descend(Level level, String key, Map<String, String> wildcards) {
    String wildcard = level.wildcard();
    if (wildcard != null && level.isWildcard(key)) {
      wildcards.put(wildcard, key);
    }
    return level.below(key);
  }

  private static String words(Rule rule, Rule.Outcome outcome) {
    return outcome.failure() == null
        ? rule + " is false"
        : "%s failed: %s".formatted(rule, outcome.failure());
  }

  private Decision decision(boolean allowed, String reason) {
    return new Decision(allowed, reason, reads);
  }

  private Scope scope(Path path, int depth, Map<String, String> wildcards) {
    Path place = new Path(path.segments().subList(0, depth));
    Snapshot root = new Snapshot(before, Path.ROOT, reads);
    Snapshot data = new Snapshot(before, place, reads);
    Snapshot newData = after == null ? null : new Snapshot(after, place, unused);
    return new Scope(auth, root, data, newData, query, nowMillis, wildcards);
  }

  Decision write(Write write) {
    String reason = "nothing is written";
    for (Path written : write.puts().keySet()) {
      Path path = written.endsInPriority() ? written.parent() : written;
      Decision decision = cascade(path, false);
      if (!decision.allowed()) {
        return decision;
      }
      reason = decision.reason();
    }
    for (Path written : write.puts().keySet()) {
      Path path = written.endsInPriority() ? written.parent() : written;
      Optional<String> invalid = validate(path, !written.endsInPriority());
      if (invalid.isPresent()) {
        return decision(false, invalid.get());
      }
    }
    return decision(true, reason);
  }

  private Optional<String> validate(Path path, boolean below) {
    Map<String, String> wildcards = new HashMap<>();
    Level level = top;
    Node node = after == null ? Node.empty() : after;
    for (int depth = 0; depth < path.size() && level != null; depth++) {
      Optional<String> invalid = validate(level, path, depth, wildcards, node);
      if (invalid.isPresent()) {
        return invalid;
      }
      node = node.child(path.get(depth));
      level = descend(level, path.get(depth), wildcards);
    }
    if (level == null) {
      return Optional.empty();
    }
    return below
        ? validateBelow(level, path, wildcards, node)
        : validate(level, path, path.size(), wildcards, node);
  }

  private Optional<String> validateBelow(
      Level level, Path path, Map<String, String> wildcards, Node node) {
    Optional<String> invalid = validate(level, path, path.size(), wildcards, node);
    if (invalid.isPresent() || !(node instanceof Branch branch)) {
      return invalid;
    }
    if (level.others() == null) {
      return validateKeys(level, path, wildcards, branch, List.copyOf(level.children().keySet()));
    }
    for (Map.Entry<String, Node> child : branch.children()) {
      invalid = validateKeys(level, path, wildcards, branch, List.of(child.getKey()));
      if (invalid.isPresent()) {
        return invalid;
      }
    }
    return Optional.empty();
  }

  private Optional<String> validateKeys(
      Level level, Path path, Map<String, String> wildcards, Branch branch, List<String> keys) {
    for (String key : keys) {
      Node child = branch.child(key);
      Map<String, String> more = new HashMap<>(wildcards);
      Level next = descend(level, key, more);
      if (next != null && !child.isEmpty()) {
        Optional<String> invalid = validateBelow(next, path.child(key), more, child);
        if (invalid.isPresent()) {
          return invalid;
        }
      }
    }
    return Optional.empty();
  }

  /// The rule of one place; what is deleted needs not be valid.
  private Optional<String> validate(
      Level level, Path path, int depth, Map<String, String> wildcards, Node node) {
    Rule rule = level.validate();
    if (rule == null || node.isEmpty()) {
      return Optional.empty();
    }
    Rule.Outcome outcome = rule.evaluate(scope(path, depth, wildcards));
    return outcome.isTrue() ? Optional.empty() : Optional.of(words(rule, outcome));
  }
}
