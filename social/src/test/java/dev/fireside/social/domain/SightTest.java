package dev.fireside.social.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.shared.ids.Uid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The truth tables of sight. Every situation that the types allow stands in exactly one row of its
/// table. `blocked` means either way; `asked`, `feed` and `home` are what a viewer sees who asks
/// for the post, in a feed, and in the feed of those they follow.
class SightTest {
  private static final Uid AUTHOR = new Uid("author");

  private static final List<String> VIEWERS = List.of("nobody", "author", "other");
  private static final List<String> ACCOUNTS = plus(names(AccountStatus.values()), "none");
  private static final List<String> STATUSES = plus(names(PostStatus.values()), "none");
  private static final List<String> YES_NO = List.of("yes", "no");

  @Test
  void showsPostsAsTheTableSays() {
    String table =
        """
        viewer       | account                | status        | visibility | follows | blocked | mutes || asked feed home
        any          | suspended,deleted,none | any           | any        | any     | any     | any   || no    no   no
        any          | active                 | deleted,none  | any        | any     | any     | any   || no    no   no
        author       | active                 | active,hidden | any        | any     | any     | no    || yes   yes  yes
        author       | active                 | active,hidden | any        | any     | any     | yes   || yes   no   no
        nobody,other | active                 | hidden        | any        | any     | any     | any   || no    no   no
        nobody,other | active                 | active        | any        | any     | yes     | any   || no    no   no
        nobody,other | active                 | active        | private    | any     | no      | any   || no    no   no
        nobody,other | active                 | active        | followers  | no      | no      | any   || no    no   no
        nobody,other | active                 | active        | followers  | yes     | no      | no    || yes   yes  yes
        nobody,other | active                 | active        | followers  | yes     | no      | yes   || yes   no   no
        nobody,other | active                 | active        | public     | no      | no      | no    || yes   yes  no
        nobody,other | active                 | active        | public     | yes     | no      | no    || yes   yes  yes
        nobody,other | active                 | active        | public     | any     | no      | yes   || yes   no   no
        """;

    compare(
        table,
        List.of(VIEWERS, ACCOUNTS, STATUSES, names(Visibility.values()), YES_NO, YES_NO, YES_NO),
        at -> {
          Uid viewer = viewer(at.get(0));
          Profile author = profile(at.get(1));
          Post post = post(at.get(2), at.get(3));
          Relation relation = relation(at.get(4), at.get(5), at.get(6));
          return List.of(
              Sight.ofPost(viewer, post, author, relation),
              Sight.inFeed(viewer, post, author, relation),
              Sight.inHome(viewer, post, author, relation));
        });
  }

  @Test
  void showsPeopleAsTheTableSays() {
    String table =
        """
        viewer       | account                | follows | blocked | mutes || seen
        any          | suspended,deleted,none | any     | any     | any   || no
        author       | active                 | any     | any     | any   || yes
        nobody,other | active                 | any     | yes     | any   || no
        nobody,other | active                 | any     | no      | any   || yes
        """;

    compare(
        table,
        List.of(VIEWERS, ACCOUNTS, YES_NO, YES_NO, YES_NO),
        at ->
            List.of(
                Sight.ofPerson(
                    viewer(at.get(0)),
                    profile(at.get(1)),
                    relation(at.get(2), at.get(3), at.get(4)))));
  }

  /// `follows`, `blocked` and `mutes` are about the author of the post that is not seen.
  @Test
  void showsPostsWithoutTheOnesTheyShowAsTheTableSays() {
    String table =
        """
        kind     | follows | blocked | mutes || asked feed
        original | any     | any     | any   || yes   yes
        repost   | any     | any     | any   || no    no
        quote    | any     | yes     | any   || yes   no
        quote    | any     | no      | yes   || yes   no
        quote    | any     | no      | no    || yes   yes
        """;

    compare(
        table,
        List.of(names(PostKind.values()), YES_NO, YES_NO, YES_NO),
        at -> {
          PostKind kind = PostKind.valueOf(at.get(0).toUpperCase(Locale.ROOT));
          Relation relation = relation(at.get(1), at.get(2), at.get(3));
          return List.of(
              Sight.withoutRef(kind, true, relation), Sight.withoutRef(kind, false, relation));
        });
  }

  /// `follows`, `blocked` and `mutes` are about somebody whom a post has to do with: whose post it
  /// shows through others, or whom it names.
  @Test
  void bringsPostsThatInvolveOthersAsTheTableSays() {
    String table =
        """
        follows | blocked | mutes || feed
        any     | yes     | any   || no
        any     | no      | yes   || no
        any     | no      | no    || yes
        """;

    compare(
        table,
        List.of(YES_NO, YES_NO, YES_NO),
        at -> List.of(Sight.mayInvolve(relation(at.get(0), at.get(1), at.get(2)))));
  }

  private record Row(List<List<String>> cells, List<Boolean> verdicts) {
    static Row of(String line) {
      String[] sides = line.split("\\|\\|", -1);
      return new Row(
          Arrays.stream(sides[0].split("\\|", -1))
              .map(cell -> List.of(cell.strip().split(",", -1)))
              .toList(),
          Arrays.stream(sides[1].strip().split(" +", -1)).map("yes"::equals).toList());
    }

    boolean covers(List<String> situation) {
      for (int i = 0; i < situation.size(); i++) {
        if (!cells.get(i).contains("any") && !cells.get(i).contains(situation.get(i))) {
          return false;
        }
      }
      return true;
    }
  }

  private static void compare(
      String table, List<List<String>> columns, Function<List<String>, List<Boolean>> code) {
    List<Row> rows = table.lines().skip(1).map(Row::of).toList();
    for (List<String> situation : situations(columns)) {
      List<Row> about = rows.stream().filter(row -> row.covers(situation)).toList();
      assertThat(about).as("rows about %s", situation).hasSize(1);
      assertThat(code.apply(situation)).as("%s", situation).isEqualTo(about.getFirst().verdicts());
    }
  }

  private static List<List<String>> situations(List<List<String>> columns) {
    List<List<String>> found = List.of(List.of());
    for (List<String> values : columns) {
      found =
          found.stream()
              .flatMap(begun -> values.stream().map(value -> plus(begun, value)))
              .toList();
    }
    return found;
  }

  private static List<String> plus(List<String> list, String more) {
    var all = new ArrayList<>(list);
    all.add(more);
    return all;
  }

  private static List<String> names(Enum<?>[] values) {
    return Stream.of(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
  }

  private static Uid viewer(String name) {
    return name.equals("nobody") ? null : new Uid(name);
  }

  private static Profile profile(String status) {
    return status.equals("none")
        ? null
        : new Profile(
            AUTHOR,
            "author",
            "Author",
            null,
            null,
            AccountStatus.valueOf(status.toUpperCase(Locale.ROOT)),
            0,
            0,
            0,
            Instant.EPOCH);
  }

  private static Post post(String status, String visibility) {
    return status.equals("none")
        ? null
        : new Post(
            "01JD0000000000000000000000",
            AUTHOR,
            PostKind.ORIGINAL,
            "text",
            List.of(),
            null,
            Visibility.valueOf(visibility.toUpperCase(Locale.ROOT)),
            PostStatus.valueOf(status.toUpperCase(Locale.ROOT)),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            Instant.EPOCH,
            null);
  }

  private static Relation relation(String follows, String blocked, String mutes) {
    return new Relation(follows.equals("yes"), blocked.equals("yes"), mutes.equals("yes"));
  }
}
