package dev.fireside.emulator.database.tree;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What listeners of one query at one place hold, and what a write changes of it. The work is that
/// of the children that were written and of the window's limit, not that of all children.
public record Window(Path at, Query query) {
  /// What a listener receives at first: the node, or those of its children that the query selects.
  public Node of(Node root) {
    return of(query, root.at(at));
  }

  static Node of(Query query, Node node) {
    if (query.loadsAll()) {
      return node;
    }
    Map<String, Node> children = new HashMap<>();
    for (Entry entry : new Selection(query, node).entries()) {
      children.put(entry.key(), node.child(entry.key()));
    }
    return Branch.of(children);
  }

  /// What to send to a listener that holds the window of `before`, so that it holds that of
  /// `after`; paths are those of the tree. Empty if nothing changes for it.
  @SuppressWarnings("ReferenceEquality") // What nobody changed is the same, and found so at once.
  public Write update(Node before, Node after, Write write) {
    Node old = before.at(at);
    Node now = after.at(at);
    if (old == now) {
      return new Write(new TreeMap<>());
    }
    SortedMap<Path, Node> below = new TreeMap<>();
    for (Map.Entry<Path, Node> put : write.puts().entrySet()) {
      if (at.startsWith(put.getKey())) {
        return whole(old, now);
      }
      if (put.getKey().startsWith(at)) {
        below.put(put.getKey(), put.getValue());
      }
    }
    return new Write(query.loadsAll() ? changed(below, before, after) : windowed(below, old, now));
  }

  private Write whole(Node before, Node after) {
    Node old = of(query, before);
    Node now = of(query, after);
    return old.equals(now) ? new Write(new TreeMap<>()) : Write.put(at, now);
  }

  private static SortedMap<Path, Node> changed(
      SortedMap<Path, Node> puts, Node before, Node after) {
    SortedMap<Path, Node> changed = new TreeMap<>();
    for (Path path : puts.keySet()) {
      Node now = after.at(path);
      if (!now.equals(before.at(path))) {
        changed.put(path, now);
      }
    }
    return changed;
  }

  private SortedMap<Path, Node> windowed(SortedMap<Path, Node> puts, Node before, Node after) {
    Selection old = new Selection(query, before);
    Selection now = new Selection(query, after);
    Map<String, SortedMap<Path, Node>> written = new HashMap<>();
    puts.forEach((path, node) -> {
      if (!path.get(at.size()).equals(Keys.PRIORITY)) {
        written.computeIfAbsent(path.get(at.size()), _ -> new TreeMap<>()).put(path, node);
      }
    });
    SortedMap<Path, Node> sent = new TreeMap<>();
    written.forEach((key, inside) -> {
      Node child = now.child(key);
      if (old.holds(key) && now.holds(key)) {
        inside.keySet().forEach(path -> sendChanged(sent, path, before, after));
      } else if (old.holds(key) || now.holds(key)) {
        sent.put(at.child(key), now.holds(key) ? child : Node.empty());
      }
    });
    shift(old, now, written, sent, false);
    shift(now, old, written, sent, true);
    return sent;
  }

  private void sendChanged(SortedMap<Path, Node> sent, Path path, Node before, Node after) {
    Path inside = path.from(at.size());
    Node now = after.at(inside);
    if (!now.equals(before.at(inside))) {
      sent.put(path, now);
    }
  }

  /// Sends the children that nobody wrote but that one side's window holds beyond the other's edge.
  private void shift(
      Selection wide,
      Selection narrow,
      Map<String, SortedMap<Path, Node>> written,
      SortedMap<Path, Node> sent,
      boolean enter) {
    Entry edge = narrow.edge();
    if (edge == null) {
      return;
    }
    for (Entry entry : wide.beyond(edge)) {
      if (!written.containsKey(entry.key())) {
        sent.put(at.child(entry.key()), enter ? wide.child(entry.key()) : Node.empty());
      }
    }
  }
}
