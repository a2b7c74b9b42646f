package dev.fireside.posts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.shared.ids.Ids;
import dev.fireside.social.domain.Visibility;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PagingIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("RATE_LIMIT_ANONYMOUS", "10000"));

  private static final String LIST = "/api/posts?author=ann";

  private final Square square = new Square(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  @Test
  void showsPostsOfOneMillisecondOnceEach() {
    square.people("ann");
    String stem = Ids.lowest(Instant.parse("2026-05-01T12:00:00Z")).substring(0, 25);
    List<String> ids = List.of(stem + "3", stem + "2", stem + "1");
    ids.forEach(id -> square.post(id, "ann", Visibility.PUBLIC));

    assertThat(fireside.http().anonymous().pages(LIST + "&limit=1", "id"))
        .containsExactly(List.of(ids.get(0)), List.of(ids.get(1)), List.of(ids.get(2)));
  }

  @Test
  void knowsThatAFullPageIsTheLast() {
    List<String> ids = written(4);

    assertThat(fireside.http().anonymous().pages(LIST + "&limit=2", "id")).hasSize(2);
    assertThat(fireside.http().anonymous().pages(LIST + "&limit=4", "id")).hasSize(1);
    assertThat(fireside.http().anonymous().get(LIST + "&limit=4").body().has("nextCursor"))
        .isFalse();
    assertThat(ids).hasSize(4);
  }

  private List<String> written(int count) {
    square.people("ann");
    var ids = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      String id = square.newId();
      square.post(id, "ann", Visibility.PUBLIC);
      ids.addFirst(id);
    }
    return ids;
  }

  @Test
  void neitherRepeatsNorSkipsWhileOthersWriteAndDelete() {
    List<String> ids = written(6);
    var reader = fireside.http().anonymous();
    Reply first = reader.get(LIST + "&limit=2");
    square.post("ann");
    square.documents().delete(Square.postPath(ids.get(1)));
    square.documents().delete(Square.postPath(ids.get(3)));

    Reply second = reader.get(LIST + "&limit=2&cursor=" + first.body().path("nextCursor").asText());
    Reply third = reader.get(LIST + "&limit=2&cursor=" + second.body().path("nextCursor").asText());

    assertThat(first.texts("id")).containsExactly(ids.get(0), ids.get(1));
    assertThat(second.texts("id")).containsExactly(ids.get(2), ids.get(4));
    assertThat(third.texts("id")).containsExactly(ids.get(5));
    assertThat(third.body().has("nextCursor")).isFalse();
  }

  @Test
  void fillsAPageWhoseRepostsCannotBeSeen() {
    square.people("ann", "foe", "bob");
    var shown = new ArrayList<String>();
    shown.addFirst(square.post("ann", "oldest"));
    for (int i = 0; i < 12; i++) {
      square.post("ann", Map.of("repost", square.post("foe", "x" + i)));
    }
    shown.addFirst(square.post("ann", "newest"));
    square.block("foe", "bob");
    fireside.flushRedis();

    assertThat(square.as("bob").pages(LIST + "&limit=1", "id"))
        .containsExactly(List.of(shown.get(0)), List.of(shown.get(1)));
  }

  @Test
  void refusesCursorsOfOtherListsAndPeople() {
    written(3);
    square.people("bob", "cid");
    square.post("bob");
    String cursor = square.as("bob").get(LIST + "&limit=1").body().path("nextCursor").asText();

    for (String path : List.of("/api/posts?author=bob", "/api/comments?author=me")) {
      Reply reply = square.as("bob").get(path + "&cursor=" + cursor);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.problem()).isEqualTo("invalid-cursor");
    }
    assertThat(square.as("cid").get(LIST + "&cursor=" + cursor).status()).isEqualTo(400);
    assertThat(square.as("bob").get(LIST + "&cursor=x" + cursor).status()).isEqualTo(400);
    assertThat(square.as("bob").get(LIST + "&cursor=" + cursor).status()).isEqualTo(200);
    assertThat(square.as("bob").get(LIST + "&limit=0").status()).isEqualTo(400);
  }
}
