package dev.fireside.emulator.database.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SortedTreeTest {
  @Test
  void agreesWithTheMapOfTheJdk() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      NavigableMap<Integer, Integer> plain = new TreeMap<>();
      SortedTree<Integer, Integer> tree = SortedTree.empty(Comparator.<Integer>naturalOrder());
      for (int i = 0; i < 200; i++) {
        int key = random.nextInt(60);
        if (random.nextBoolean()) {
          plain.put(key, i);
          tree = tree.plus(key, i);
        } else {
          plain.remove(key);
          tree = tree.minus(key);
        }
        compare(tree, plain, random.nextInt(-1, 61), random.nextBoolean());
      }
    }
  }

  private static void compare(
      SortedTree<Integer, Integer> tree,
      NavigableMap<Integer, Integer> plain,
      int key,
      boolean inclusive) {
    assertThat(tree.size()).isEqualTo(plain.size());
    assertThat(tree.get(key)).isEqualTo(plain.get(key));
    assertThat(tree.rank(key, inclusive)).isEqualTo(plain.headMap(key, inclusive).size());
    assertThat(tree.at(plain.size())).isNull();
    assertThat(tree.at(-1)).isNull();
    assertThat(keys(tree.entries(true, null, false))).isEqualTo(List.copyOf(plain.keySet()));
    assertThat(keys(tree.entries(true, key, inclusive)))
        .isEqualTo(List.copyOf(plain.tailMap(key, inclusive).keySet()));
    assertThat(keys(tree.entries(false, key, inclusive)))
        .isEqualTo(List.copyOf(plain.headMap(key, inclusive).descendingMap().keySet()));
  }

  @Test
  void staysBalanced() {
    SortedTree<Integer, Integer> tree = SortedTree.empty(Comparator.<Integer>naturalOrder());
    for (int i = 0; i < 10_000; i++) {
      tree = tree.plus(i, i);
    }
    for (int i = 0; i < 9_000; i++) {
      tree = tree.minus(i);
    }
    assertThat(depth(tree.root())).isLessThan(25);
    assertThat(tree.at(500)).isEqualTo(9_500);
  }

  private static int depth(SortedTree.Link<?, ?> link) {
    return link == null ? 0 : 1 + Math.max(depth(link.left()), depth(link.right()));
  }

  private static List<Integer> keys(Iterable<Map.Entry<Integer, Integer>> entries) {
    List<Integer> keys = new ArrayList<>();
    entries.forEach(entry -> keys.add(entry.getKey()));
    return keys;
  }
}
