package dev.fireside.emulator.database.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static final int SEEDS = 1_000;
  private static final int WRITES = 25;
  private static final String[] KEYS = {"a", "b", "c", "d", "1", "2", "10", "z"};
  private static final String[] FIELDS = {"x", "y"};
  private static final Path AT = Path.parse("rooms/r");

  @Test
  void holdsWhatAPlainModelHoldsAfterRandomWrites() {
    IntStream.range(0, SEEDS).forEach(WindowTest::runProgram);
  }

  private static void runProgram(int seed) {
    Random random = new Random(seed);
    List<Window> windows =
        new ArrayList<>(List.of(new Window(AT, Query.ALL), new Window(Path.ROOT, Query.ALL)));
    for (int i = 0; i < 8; i++) {
      windows.add(new Window(AT, query(random)));
    }
    Node root = Write.put(AT, room(random)).apply(Node.empty());
    Plain plain = Plain.of(root);
    Map<Window, Node> clients = new HashMap<>();
    for (Window window : windows) {
      clients.put(window, Node.empty().with(window.at(), window.of(root)));
    }
    for (int i = 0; i < WRITES; i++) {
      Write write = write(random);
      Node after = write.apply(root);
      write(plain, write);
      for (Window window : windows) {
        Write update = window.update(root, after, write);
        Node client = update.apply(clients.get(window));
        clients.put(window, client);
        boolean unchanged = window.of(root).equals(window.of(after));
        check(seed, i, window, plain, client, update.isEmpty() == unchanged);
      }
      root = after;
    }
  }

  private static void check(
      int seed, int write, Window window, Plain plain, Node client, boolean asNeeded) {
    String held = Plain.of(client.at(window.at())).text();
    String selected =
        plain.at(window.at().segments().toArray(String[]::new)).window(window.query());
    if (!held.equals(selected) || !asNeeded) {
      fail("seed %d, write %d, %s: %s, not %s", seed, write, window, held, selected);
    }
  }

  private static void write(Plain plain, Write write) {
    for (boolean priorities : new boolean[] {false, true}) {
      write
          .puts()
          .forEach((path, node) -> {
            if (path.endsInPriority() == priorities) {
              plain.put(path.segments(), Plain.of(node));
            }
          });
    }
  }

  private static Query query(Random random) {
    Index index =
        switch (random.nextInt(5)) {
          case 0 -> new Index.Key();
          case 1 -> new Index.Value();
          case 2 -> new Index.Priority();
          default -> new Index.Child(Path.parse(random.nextBoolean() ? "x" : "x/y"));
        };
    Query.Bound start = random.nextInt(3) == 0 ? bound(random, index, Keys.MIN) : null;
    Query.Bound end = random.nextInt(3) == 0 ? bound(random, index, Keys.MAX) : null;
    int limit = random.nextInt(4) == 0 ? 0 : random.nextInt(1, 5);
    return new Query(index, start, end, limit, random.nextBoolean());
  }

  private static Query.Bound bound(Random random, Index index, String outer) {
    String key = KEYS[random.nextInt(KEYS.length)];
    if (index instanceof Index.Key) {
      return new Query.Bound(Node.empty(), key, random.nextBoolean());
    }
    Node sort = random.nextInt(6) == 0 ? Node.empty() : leaf(random);
    String name = random.nextInt(3) == 0 ? key : random.nextInt(4) == 0 ? Keys.MAX : outer;
    return new Query.Bound(sort, name, random.nextBoolean());
  }

  private static Write write(Random random) {
    if (random.nextInt(40) == 0) {
      return Write.put(
          Path.parse("rooms"),
          random.nextBoolean() ? leaf(random) : Node.empty().with("r", room(random)));
    }
    if (random.nextInt(25) == 0) {
      return Write.put(AT, random.nextInt(3) == 0 ? leaf(random) : room(random));
    }
    if (random.nextInt(3) > 0) {
      Path path = path(random);
      return Write.put(path, data(path, random));
    }
    Map<Path, Node> puts = new TreeMap<>();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      Path path = path(random);
      if (puts.keySet().stream()
          .noneMatch(other -> other.startsWith(path) || path.startsWith(other))) {
        puts.put(path, data(path, random));
      }
    }
    return new Write(new TreeMap<>(puts));
  }

  private static Node data(Path path, Random random) {
    return path.endsInPriority() ? priority(random) : node(random, 2);
  }

  private static Path path(Random random) {
    Path path = AT.child(KEYS[random.nextInt(KEYS.length)]);
    return switch (random.nextInt(8)) {
      case 0 -> Path.parse("elsewhere/x");
      case 1, 2 -> path;
      case 3 -> path.child("x").child("y");
      case 4 -> (random.nextInt(4) == 0 ? AT : path).child(Keys.PRIORITY);
      default -> path.child(FIELDS[random.nextInt(FIELDS.length)]);
    };
  }

  private static Node room(Random random) {
    Map<String, Node> children = new HashMap<>();
    for (String key : KEYS) {
      Node child = node(random, 2);
      if (!child.isEmpty()) {
        children.put(key, child);
      }
    }
    return Branch.of(children);
  }

  private static Node node(Random random, int depth) {
    Node node = Node.empty();
    int kind = random.nextInt(5);
    if (kind == 0) {
      return node;
    }
    if (kind == 1 || depth == 0) {
      node = leaf(random);
    } else {
      for (String field : FIELDS) {
        node = node.with(field, node(random, depth - 1));
      }
    }
    return random.nextInt(3) == 0 ? node.withPriority(priority(random)) : node;
  }

  private static Node priority(Random random) {
    return random.nextBoolean() ? Leaf.of(random.nextInt(3)) : Leaf.of("p" + random.nextInt(3));
  }

  private static Leaf leaf(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> Leaf.of(random.nextBoolean());
      case 1 -> Leaf.of(random.nextInt(3) + 0.5);
      case 2, 3 -> Leaf.of(random.nextInt(4));
      default -> Leaf.of("s" + random.nextInt(3));
    };
  }

  @Test
  void sendsOnlyWhatChangedOfTheWindow() {
    Node root = Node.empty();
    for (int i = 0; i < 100_000; i++) {
      root = root.with(AT.child("k%06d".formatted(i)).child("x"), Leaf.of(i));
    }
    Window last = new Window(AT, new Query(new Index.Child(Path.parse("x")), null, null, 2, false));
    last.of(root);

    Write outside = Write.put(AT.child("k000005").child("y"), Leaf.of(1));
    Write inside = Write.put(AT.child("k099999").child("y"), Leaf.of(1));
    Write enters = Write.put(AT.child("k000005").child("x"), Leaf.of(1_000_000));

    assertThat(last.update(root, outside.apply(root), outside).isEmpty()).isTrue();
    assertThat(last.update(root, inside.apply(root), inside)).isEqualTo(inside);
    assertThat(last.update(root, enters.apply(root), enters).puts().keySet())
        .containsExactly(AT.child("k000005"), AT.child("k099998"));
  }
}
