package dev.fireside.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.events.Fault;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.media.domain.MediaFiles;
import dev.fireside.media.domain.TranscodeFailure;
import dev.fireside.shared.store.Document;
import dev.fireside.social.domain.Publication;
import dev.fireside.social.domain.Visibility;
import dev.fireside.social.store.PublicationDocument;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class VideosIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("RATE_LIMIT_ANONYMOUS", "10000"));

  private final Studio studio = new Studio(fireside);

  @BeforeEach
  void people() {
    studio.people("ann", "bob");
  }

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  private JsonNode read(String uid, String id) {
    return studio.as(uid).get("/api/videos/" + id).body();
  }

  private static List<Publication> publications() {
    var documents = fireside.platform().documents();
    return documents.list(documents.collection("publications")).stream()
        .map((Document document) -> PublicationDocument.parse(document))
        .toList();
  }

  @Test
  void makesAVideoInWhateverOrderItsPartsCome() {
    fireside.faults().setAll(Fault.duplicate(1));
    fireside.faults().hold("uploads-on-finalized");
    String upload = studio.sender.upload("ann", "video", "video/mp4", Samples.mp4(2_000));

    Reply made =
        studio.create(
            "ann",
            upload,
            Map.of("title", "Sea", "tags", List.of("#Sea", "summer"), "sound", "Waves"));

    assertThat(made.status()).isEqualTo(201);
    String id = made.body().path("id").asText();
    assertThat(made.body().path("state").asText()).isEqualTo("processing");
    assertThat(made.body().path("uploadId").asText()).isEqualTo(upload);
    assertThat(publications()).isEmpty();
    fireside.faults().release();
    fireside.settle();
    studio.make(id);

    JsonNode ready = read("bob", id);
    assertThat(ready.path("state").asText()).isEqualTo("ready");
    assertThat(ready.path("progress").asDouble()).isEqualTo(1);
    assertThat(ready.path("renditions")).hasSize(2);
    assertThat(ready.has("uploadId")).isFalse();
    assertThat(publications())
        .singleElement()
        .satisfies(publication -> {
          assertThat(publication.id()).isEqualTo(ready.path("postId").asText());
          assertThat(publication.text()).isEqualTo("Sea #sea #summer");
          assertThat(publication.visibility()).isEqualTo(Visibility.PUBLIC);
        });
  }

  @Test
  void failsWithAReasonThatAPersonUnderstands() {
    String refused = studio.sender.upload("ann", "video", "video/mp4", Samples.ascii("no video"));
    String first = studio.create("ann", refused, Map.of()).body().path("id").asText();
    fireside.settle();
    String second = studio.video("ann", Map.of());
    studio.fail(second, TranscodeFailure.DAMAGED);

    assertThat(read("ann", first).path("failure").path("reason").asText()).isEqualTo("wrong-type");
    assertThat(read("ann", second).path("failure").path("reason").asText()).isEqualTo("damaged");
    assertThat(read("ann", second).path("failure").path("detail").asText()).contains("damaged");
    assertThat(publications()).isEmpty();
    assertThat(studio.create("ann", refused, Map.of()).status()).isEqualTo(409);
  }

  @Test
  void takesOnlyOnesOwnUploadsAndEachOnce() {
    String upload = studio.sender.upload("ann", "video", "video/mp4", Samples.mp4(2_000));
    String picture = studio.image("ann");

    assertThat(studio.create("bob", upload, Map.of()).status()).isEqualTo(404);
    assertThat(studio.create("ann", picture, Map.of()).status()).isEqualTo(400);
    assertThat(studio.create("nobody", upload, Map.of()).status()).isEqualTo(409);
    assertThat(studio.create("ann", upload, Map.of()).status()).isEqualTo(201);
    Reply again = studio.create("ann", upload, Map.of());
    assertThat(again.body().path("reason").asText()).isEqualTo("upload-used");
    Reply cancel = studio.as("ann").delete("/api/uploads/" + upload);
    assertThat(cancel.body().path("reason").asText()).isEqualTo("upload-used");
  }

  @Test
  void publishesDraftsAndPlansWhenTheirTimeHasCome() {
    String later = fireside.clock().instant().plus(Duration.ofHours(2)).toString();
    String draft = studio.ready("ann", Map.of("draft", true, "title", "Draft"));
    String planned = studio.ready("ann", Map.of("publishAt", later, "title", "Plan"));

    assertThat(publications()).isEmpty();
    assertThat(studio.as("bob").get("/api/videos/" + draft).status()).isEqualTo(404);
    assertThat(read("ann", draft).path("draft").asBoolean()).isTrue();
    fireside.fire("uploads-tend-videos");
    assertThat(publications()).isEmpty();

    studio.as("ann").patch("/api/videos/" + draft, Map.of("draft", false));
    assertThat(publications()).hasSize(1);
    fireside.clock().advance(Duration.ofHours(3));
    fireside.fire("uploads-tend-videos");
    fireside.fire("uploads-tend-videos");
    assertThat(publications()).extracting(Publication::text).containsOnly("Draft", "Plan");
    assertThat(studio.as("bob").get("/api/videos/" + planned).status()).isEqualTo(200);
    assertThat(
            studio
                .as("ann")
                .patch("/api/videos/" + draft, Map.of("draft", true))
                .body()
                .path("reason")
                .asText())
        .isEqualTo("published");
  }

  @Test
  void changesWhatItsOwnerSaysAndItsPostWithIt() {
    String id = studio.ready("ann", Map.of("description", "Long", "sound", "Waves"));

    Reply edited =
        studio
            .as("ann")
            .patch("/api/videos/" + id, Map.of("title", "New", "visibility", "followers"));

    assertThat(edited.body().path("title").asText()).isEqualTo("New");
    assertThat(edited.body().path("description").asText()).isEqualTo("Long");
    assertThat(publications())
        .singleElement()
        .extracting(Publication::visibility)
        .isEqualTo(Visibility.FOLLOWERS);
    assertThat(studio.as("bob").patch("/api/videos/" + id, Map.of("title", "Mine")).status())
        .isEqualTo(404);
    assertThat(
            studio
                .as("ann")
                .patch(
                    "/api/videos/" + id,
                    Map.of("tags", List.of("two words"), "publishAt", "soon", "visibility", "all"))
                .body()
                .path("errors"))
        .hasSize(3);
  }

  @Test
  void listsOnesOwnVideosByState() {
    String ready = studio.ready("ann", Map.of());
    String draft = studio.ready("ann", Map.of("draft", true));
    String waiting = studio.video("ann", Map.of());
    studio.ready("bob", Map.of());

    assertThat(studio.as("ann").list("/api/videos", "id")).containsExactly(waiting, draft, ready);
    assertThat(studio.as("ann").list("/api/videos?state=ready", "id"))
        .containsExactly(draft, ready);
    assertThat(studio.as("ann").pages("/api/videos?limit=2", "id"))
        .containsExactly(List.of(waiting, draft), List.of(ready));
  }

  @Test
  void removesAllThatWasMadeOfADeletedVideo() {
    String id = studio.ready("ann", Map.of());
    studio.as("ann").put("/api/videos/" + id + "/cover", Map.of("uploadId", studio.image("ann")));
    assertThat(studio.as("bob").delete("/api/videos/" + id).status()).isEqualTo(404);

    assertThat(studio.as("ann").delete("/api/videos/" + id).status()).isEqualTo(204);
    fireside.settle();

    assertThat(studio.objects()).isEmpty();
    assertThat(studio.as("ann").get("/api/videos/" + id).status()).isEqualTo(404);
    assertThat(publications()).singleElement().extracting(Publication::visibility).isNull();
    // Somebody was still making something.
    studio.write(id, "720p.mp4", "video/mp4", new byte[3]);
    fireside.clock().advance(Duration.ofMinutes(20));
    fireside.fire("uploads-tend-videos");
    assertThat(studio.objects()).isEmpty();
    assertThat(
            fireside
                .platform()
                .documents()
                .list(fireside.platform().documents().collection("videos")))
        .isEmpty();
  }

  @Test
  void removesAllOfAPersonWhoIsGone() {
    studio.ready("ann", Map.of());
    studio.image("ann");
    studio.ready("bob", Map.of());
    fireside.platform().documents().update("users/ann", Map.of("status", "deleted"));
    fireside.settle();

    assertThat(studio.objects()).isNotEmpty();
    assertThat(studio.as("bob").list("/api/videos", "id")).hasSize(1);
    assertThat(
            fireside
                .platform()
                .documents()
                .list(
                    fireside
                        .platform()
                        .documents()
                        .collection("uploads")
                        .whereEqualTo("owner", "ann")))
        .isEmpty();
  }

  @Test
  void leadsToPicturesByAnAddressThatStays() {
    String picture = studio.image("ann");

    Reply led = fireside.http().anonymous().get("/api/uploads/" + picture + "/pictures/small");

    assertThat(led.status()).isEqualTo(302);
    assertThat(studio.get(led.header("Location").orElseThrow()).body()).isEqualTo(Studio.TEXT);
    assertThat(
            fireside.http().anonymous().get("/api/uploads/" + picture + "/pictures/huge").status())
        .isEqualTo(404);
  }

  @Test
  void showsAnotherPictureInThePostersPlace() {
    String id = studio.ready("ann", Map.of());
    String picture = studio.image("ann");
    String poster = read("bob", id).path("poster").path("small").asText();
    assertThat(studio.get(poster).body()).isEqualTo(Studio.TEXT);

    Reply covered =
        studio.as("ann").put("/api/videos/" + id + "/cover", Map.of("uploadId", picture));

    assertThat(covered.status()).isEqualTo(200);
    assertThat(read("bob", id).path("poster").path("small").asText())
        .contains(MediaFiles.folder(picture));
    assertThat(studio.as("ann").delete("/api/videos/" + id + "/cover").status()).isEqualTo(204);
    assertThat(read("bob", id).path("poster").path("small").asText())
        .contains(MediaFiles.folder(id));
    assertThat(studio.objects()).noneMatch(name -> name.contains(picture));
  }
}
