package dev.fireside.leaderboards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Random scores, removals, hidings and lost ranks, and every kind of page after them, as a list
/// sorted in memory has it.
class RankPagesModelIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("RATE_LIMIT_ANONYMOUS", "10000"));

  private static final int STEPS = 60;
  private static final int PLAYERS = 20;
  private static final List<String> COUNTRIES = List.of("SE", "NO", "DK");
  private static final String VIEWER = "p0";
  private static final Collection<String> FRIENDS = List.of("p0", "p1", "p2", "p3", "p4", "p5");
  private static final Arena ARENA = new Arena(fireside);

  /// What a player has; the lower of two sorts first.
  private record Run(String uid, int score, int subscore, int at) {
    static final Comparator<Run> ORDER =
        Comparator.comparingInt(Run::score)
            .reversed()
            .thenComparing(Comparator.comparingInt(Run::subscore).reversed())
            .thenComparingInt(Run::at);
  }

  private final Random random = new Random(20_261_121);
  private final Map<String, Run> runs = new HashMap<>();
  private final List<String> hidden = new ArrayList<>();
  private int time;

  @BeforeAll
  static void board() {
    ARENA.board("race", Map.of("scopes", List.of("country", "friends")));
    FRIENDS.stream()
        .filter(friend -> !friend.equals(VIEWER))
        .forEach(friend -> ARENA.follow(VIEWER, friend));
  }

  @Test
  void equalsASortedList() {
    for (int step = 0; step < STEPS; step++) {
      String what = change();
      assertThat(question()).as("step %d after %s", step, what).isEmpty();
    }
  }

  private String change() {
    String uid = "p" + random.nextInt(PLAYERS);
    return switch (random.nextInt(20)) {
      case 0 -> {
        fireside.flushRedis();
        yield "a loss";
      }
      case 1 -> {
        assertThat(ARENA.moderator().put("/api/leaderboards/race/hidden/" + uid).status())
            .isEqualTo(204);
        hidden.add(uid);
        yield "hiding " + uid;
      }
      case 2 -> {
        assertThat(ARENA.moderator().delete("/api/leaderboards/race/hidden/" + uid).status())
            .isEqualTo(204);
        hidden.removeIf(uid::equals);
        yield "showing " + uid;
      }
      case 3 -> {
        assertThat(ARENA.moderator().delete("/api/leaderboards/race/scores/" + uid).status())
            .isEqualTo(204);
        runs.remove(uid);
        yield "removing " + uid;
      }
      default -> submission(uid);
    };
  }

  private String submission(String uid) {
    var run = new Run(uid, random.nextInt(6), random.nextInt(3), time++);
    Reply reply =
        ARENA
            .admin()
            .post(
                "/api/leaderboards/race/scores",
                Map.of(
                    "uid", uid,
                    "score", run.score(),
                    "subscore", run.subscore(),
                    "country", country(uid)));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    Run before = runs.get(uid);
    boolean better =
        before == null
            || run.score() > before.score()
            || (run.score() == before.score() && run.subscore() > before.subscore());
    if (better) {
      runs.put(uid, run);
    }
    return run.toString();
  }

  private static String country(String uid) {
    return COUNTRIES.get(Integer.parseInt(uid.substring(1)) % COUNTRIES.size());
  }

  /// Asks something, and answers with what is wrong about it; empty for nothing.
  private String question() {
    int limit = 2 + random.nextInt(7);
    return switch (random.nextInt(5)) {
      case 0 -> {
        String country = COUNTRIES.get(random.nextInt(COUNTRIES.size()));
        yield pages(
            "?scope=country&country=" + country, limit, uid -> country(uid).equals(country));
      }
      case 1 -> pages("?scope=friends", limit, FRIENDS::contains);
      case 2 -> owners();
      case 3 -> around(limit);
      default -> pages("?scope=global", limit, _ -> true);
    };
  }

  /// What the viewer is to see of some players.
  private List<String> expected(Predicate<String> whom) {
    List<Run> sorted =
        runs.values().stream()
            .filter(run -> whom.test(run.uid()))
            .filter(run -> run.uid().equals(VIEWER) || !hidden.contains(run.uid()))
            .sorted(Run.ORDER)
            .toList();
    return IntStream.range(0, sorted.size())
        .mapToObj(i -> (i + 1) + " " + sorted.get(i).uid() + " " + sorted.get(i).score())
        .toList();
  }

  /// From a rank to the end, and back from there to the beginning.
  private String pages(String list, int limit, Predicate<String> whom) {
    List<String> all = expected(whom);
    int from = 1 + random.nextInt(3);
    var forward = new ArrayList<String>();
    Reply reply = page(list + "&limit=" + limit + "&rank=" + from);
    forward.addAll(Arena.rows(reply));
    while (reply.body().has("nextCursor")) {
      reply = page(list + "&limit=" + limit + Arena.cursor(reply, "nextCursor"));
      forward.addAll(Arena.rows(reply));
    }
    var backward = new ArrayList<>(Arena.rows(reply));
    while (reply.body().has("prevCursor")) {
      reply = page(list + "&limit=" + limit + Arena.cursor(reply, "prevCursor"));
      backward.addAll(0, Arena.rows(reply));
    }
    boolean counted = reply.body().path("entries").asInt() == all.size();
    return Stream.of(
            different(list + " from " + from, all.stream().skip(from - 1L).toList(), forward),
            from > all.size() ? null : different(list + " backward", all, backward),
            counted ? null : list + " has " + all.size() + ": " + reply)
        .filter(wrong -> wrong != null)
        .findFirst()
        .orElse("");
  }

  private static @Nullable String different(
      String what, List<String> right, List<String> reported) {
    return reported.equals(right) ? null : what + " is " + right + ", not " + reported;
  }

  private String owners() {
    List<String> some = Stream.generate(() -> "p" + random.nextInt(PLAYERS + 2)).limit(5).toList();
    List<String> right =
        expected(_ -> true).stream().filter(row -> some.contains(row.split(" ", 3)[1])).toList();
    String query = "?owners=" + String.join(",", some);
    String wrong = different(query, right, Arena.rows(page(query)));
    return wrong == null ? "" : wrong;
  }

  private String around(int limit) {
    String uid = "p" + random.nextInt(PLAYERS);
    List<String> all = expected(_ -> true);
    int index =
        IntStream.range(0, all.size())
            .filter(i -> all.get(i).split(" ", 3)[1].equals(uid))
            .findFirst()
            .orElse(-1);
    Reply reply =
        ARENA.ready(ARENA.as(VIEWER), "/api/leaderboards/race/around/" + uid + "?limit=" + limit);
    if (index < 0) {
      return reply.status() == 404 ? "" : uid + " is not ranked: " + reply;
    }
    List<String> rows = Arena.rows(reply);
    int first = all.indexOf(rows.getFirst());
    boolean full = rows.size() == Math.min(limit, all.size());
    boolean consecutive = first >= 0 && rows.equals(all.subList(first, first + rows.size()));
    int above = index - first;
    int below = first + rows.size() - 1 - index;
    boolean middle =
        Math.abs(above - below) <= 1 || first == 0 || first + rows.size() == all.size();
    return full && consecutive && middle && above >= 0 && below >= 0
        ? ""
        : "Around " + uid + " in " + all + " is not " + rows;
  }

  private static Reply page(String query) {
    return ARENA.scoresOf(ARENA.as(VIEWER), "race", query);
  }
}
