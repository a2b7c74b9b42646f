package dev.fireside.emulator.database.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.database.tree.Leaf;
import dev.fireside.emulator.database.tree.Path;
import dev.fireside.emulator.database.tree.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PathIndexTest {
  private static final List<String> PLACES =
      List.of("", "a", "b", "a/a", "a/b", "b/a", "a/a/a", "a/a/b", "b/a/a", "c/c/c");

  private final PathIndex<Integer> index = new PathIndex<>();

  private List<Integer> concerned(String written) {
    return new ArrayList<>(index.concerned(Write.put(Path.parse(written), Leaf.of(1))))
        .stream().sorted().toList();
  }

  @Test
  void aWriteConcernsWhatIsAboveAndBelow() {
    index.add(Path.parse("members/r/ann"), 1);
    index.add(Path.parse("members/r"), 2);
    index.add(Path.parse("members/s/ann"), 3);
    assertThat(concerned("members/r/ann")).containsExactly(1, 2);
    assertThat(concerned("members/r/ann/.priority")).containsExactly(1, 2);
    assertThat(concerned("members/r/ann/x")).containsExactly(1, 2);
    assertThat(concerned("members/r/eve")).containsExactly(2);
    assertThat(concerned("members")).containsExactly(1, 2, 3);
    assertThat(concerned("rooms/r")).isEmpty();
  }

  @Test
  void findsWhatALookAtEachFinds() {
    var random = new Random(1);
    Map<Integer, Path> model = new HashMap<>();
    for (int i = 0; i < 5_000; i++) {
      Path at = Path.parse(PLACES.get(random.nextInt(PLACES.size())));
      int thing = random.nextInt(20);
      Path old = model.remove(thing);
      if (old == null) {
        model.put(thing, at);
        index.add(at, thing);
      } else {
        index.remove(old, thing);
      }
      String written = PLACES.get(random.nextInt(PLACES.size()));
      Path path = Path.parse(written);
      assertThat(concerned(written))
          .isEqualTo(
              model.entrySet().stream()
                  .filter(
                      each -> each.getValue().startsWith(path) || path.startsWith(each.getValue()))
                  .map(Map.Entry::getKey)
                  .sorted()
                  .toList());
    }
  }
}
