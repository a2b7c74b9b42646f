package dev.fireside.posts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.events.Fault;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.Media;
import dev.fireside.social.domain.Publication;
import dev.fireside.social.domain.Visibility;
import dev.fireside.social.store.PublicationDocument;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PublicationsIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("RATE_LIMIT_ANONYMOUS", "10000"));

  private final Square square = new Square(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  private void say(String id, String text, @Nullable Visibility visibility) {
    var clip = new Media("video", "https://example.com/master.m3u8", 640, 360);
    fireside
        .platform()
        .documents()
        .set(
            PublicationDocument.path(id),
            PublicationDocument.fields(
                new Publication(id, new Uid("ann"), text, List.of(clip), visibility)));
  }

  private int status(String id) {
    return fireside.http().anonymous().get("/api/posts/" + id).status();
  }

  @Test
  void writesThePostOnceAndFollowsWhoMaySeeIt() {
    square.people("ann", "bob");
    fireside.faults().setAll(Fault.duplicate(2));
    String id = square.newId();

    say(id, "Sea with @bob #sea", Visibility.PUBLIC);
    fireside.settle();

    var post = fireside.http().anonymous().get("/api/posts/" + id).body();
    assertThat(post.path("media").path(0).path("type").asText()).isEqualTo("video");
    assertThat(Square.texts(post.path("hashtags"))).containsExactly("sea");
    assertThat(square.postDocument(id).fields().texts("mentions")).containsExactly("bob");
    square.as("ann").patch("/api/posts/" + id, Map.of("text", "By hand"));
    say(id, "Sea with @bob #sea", Visibility.PRIVATE);
    fireside.settle();
    assertThat(status(id)).isEqualTo(404);
    var own = square.as("ann").get("/api/posts/" + id).body();
    assertThat(own.path("text").asText()).isEqualTo("By hand");
  }

  @Test
  void takesThePostBackForGood() {
    square.people("ann");
    String id = square.newId();
    say(id, "Sea", Visibility.PUBLIC);
    fireside.settle();

    say(id, "Sea", null);
    fireside.settle();
    say(id, "Sea", Visibility.PUBLIC);
    fireside.settle();

    assertThat(status(id)).isEqualTo(404);
  }

  @Test
  void doesNotWriteAgainWhatWasPurged() {
    square.people("ann");
    String id = square.newId();
    fireside.clock().advance(Duration.ofDays(9));

    say(id, "Sea", Visibility.PUBLIC);
    fireside.settle();

    assertThat(status(id)).isEqualTo(404);
  }
}
