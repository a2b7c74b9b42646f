package dev.fireside.posts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadBodiesIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private static Square square;

  @BeforeAll
  static void settle() {
    square = new Square(fireside);
    square.people("ann");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '^',
      value = {
        "posts; {}; text",
        "posts; {\"text\":5}; text",
        "posts; {\"text\":\"  \"}; text",
        "posts; {\"text\":\"\",\"media\":[]}; text",
        "posts; {\"text\":\"a\\ud800b\"}; text",
        "posts; {\"text\":\"a\\u0000b\"}; text",
        "posts; {\"text\":\"x\",\"visibility\":\"all\"}; visibility",
        "posts; {\"text\":\"x\",\"visibility\":7}; visibility",
        "posts; {\"text\":\"x\",\"media\":{}}; media",
        "posts; {\"text\":\"x\",\"media\":[1]}; media/0",
        "posts;"
            + " {\"media\":[{\"type\":\"gif\",\"url\":\"https://a.b/c\",\"width\":1,\"height\":1}]};"
            + " media/0/type",
        "posts;"
            + " {\"media\":[{\"type\":\"image\",\"url\":\"http://a.b/c\",\"width\":1,\"height\":1}]};"
            + " media/0/url",
        "posts;"
            + " {\"media\":[{\"type\":\"image\",\"url\":\"https://u:p@a.b/c\",\"width\":1,\"height\":1}]};"
            + " media/0/url",
        "posts; {\"text\":\"\\u3164\\u200b\"}; text",
        "posts;"
            + " {\"media\":[{\"type\":\"image\",\"url\":\"https://a.b/c\",\"width\":0,\"height\":1}]};"
            + " media/0/width",
        "posts; {\"media\":[{\"type\":\"image\",\"url\":\"https://a.b/c\",\"width\":1}]};"
            + " media/0/height",
        "posts; {\"repost\":\"nonsense\"}; repost",
        "posts; {\"repost\":5}; repost",
        "posts; {\"quote\":\"01ARZ3NDEKTSV4RRFFQ69G5FA!\",\"text\":\"x\"}; quote",
        "posts; {\"quote\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\"}; text",
        "posts; {\"repost\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\",\"text\":\"x\"}; text",
        "posts;"
            + " {\"repost\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\",\"quote\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\"};"
            + " quote",
        "posts; {\"repost\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\",\"visibility\":\"private\"}; visibility",
        "posts; {\"text\":\"a\",\"text\":\"b\"}; text",
        "posts; [1]; body",
        "posts; {\"text\":; text",
        "comments; {\"text\":\"x\"}; postId",
        "comments; {\"postId\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\"}; text",
        "comments; {\"postId\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\",\"text\":\"x\",\"parent\":\"y\"};"
            + " parent",
        "reactions; {\"kind\":\"like\"}; postId",
        "reactions; {\"postId\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\"}; kind",
        "reactions; {\"postId\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\",\"kind\":\"meh\"}; kind",
        "reactions; {\"postId\":[],\"kind\":\"like\"}; postId",
      })
  void areRefusedWithTheFieldThatIsWrong(String path, String body, String field) {
    Reply reply = send("/api/" + path, body.getBytes(StandardCharsets.UTF_8));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errorFields()).contains(field);
  }

  private static Reply send(String path, byte[] body) {
    return square.as("ann").raw("POST", path, body, "application/json");
  }

  @Test
  void areAnsweredAlsoWhenTheyAreNotRead() {
    for (int i = 0; i < 20; i++) {
      assertThat(send("/api/posts", new byte[2_000_000]).status()).isEqualTo(413);
      assertThat(send("/api/posts/a/b/c", new byte[200_000]).status()).isEqualTo(404);
    }
  }

  @Test
  void areRefusedWhenTooLongTooDeepOrBroken() {
    var media = new ArrayList<String>();
    for (int i = 0; i < 11; i++) {
      media.add("{\"type\":\"image\",\"url\":\"https://a.b/c\",\"width\":1,\"height\":1}");
    }
    assertField("{\"media\":[" + String.join(",", media) + "]}", "media");
    assertField("{\"text\":\"" + "x".repeat(2_001) + "\"}", "text");
    assertField("{\"text\":" + "[".repeat(100) + "]".repeat(100) + "}", null);
    byte[] broken = "{\"text\":\"a?b\"}".getBytes(StandardCharsets.UTF_8);
    broken[10] = (byte) 0xff;
    Reply reply = send("/api/posts", broken);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errorFields()).containsExactly("text");
    assertThat(send("/api/posts", new byte[0]).status()).isEqualTo(400);
    // Counted in code points, each of these is one.
    String longest = "{\"text\":\"" + "😀".repeat(2_000) + "\"}";
    assertThat(send("/api/posts", longest.getBytes(StandardCharsets.UTF_8)).status())
        .isEqualTo(201);
    assertThat(
            square
                .as("ann")
                .raw("POST", "/api/posts", "x".getBytes(StandardCharsets.UTF_8), "text/plain")
                .status())
        .isEqualTo(415);
    assertThat(square.as("ann").get("/api/posts?author=ann").body().path("items")).hasSize(1);
  }

  private static void assertField(String body, String field) {
    Reply reply = send("/api/posts", body.getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errorFields()).isNotEmpty();
    if (field != null) {
      assertThat(reply.errorFields()).contains(field);
    }
  }
}
