package dev.fireside.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.events.Fault;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.media.domain.TranscodeOrder;
import dev.fireside.media.store.BucketStore;
import dev.fireside.media.store.MediaStorage;
import dev.fireside.media.store.NewObject;
import dev.fireside.media.store.TranscodeStore;
import dev.fireside.shared.ids.Ids;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChecksIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("UPLOADS_PER_DAY", "2"));

  private final Sender sender = new Sender(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  private static BucketStore objects() {
    return MediaStorage.of(fireside.platform()).uploads();
  }

  private static String reason(Reply reply) {
    return reply.body().path("reason").asText();
  }

  @Test
  void acceptsAVideoOnceHoweverOftenItsEventComes() {
    fireside.faults().setAll(Fault.duplicate(2));

    String id = sender.upload("ann", "video", "video/mp4", Samples.mp4(400_000));
    fireside.settle();

    Reply accepted = sender.read("ann", id);
    assertThat(accepted.body().path("state").asText()).isEqualTo("accepted");
    assertThat(accepted.body().path("contentType").asText()).isEqualTo("video/mp4");
    assertThat(accepted.body().has("uploadUrl")).isFalse();
    assertThat(objects().list("uploads/", "", 10)).hasSize(1);
  }

  @Test
  void ordersThePicturesOfAnImage() {
    String id = sender.upload("ann", "image", "image/png", Samples.picture("png", 64, 48));
    fireside.settle();

    assertThat(sender.state("ann", id)).isEqualTo("accepted");
    var order = new TranscodeStore(fireside.platform().documents()).find(id).orElseThrow();
    assertThat(order.order())
        .isEqualTo(new TranscodeOrder.Image("uploads/" + Ids.documentName(id)));
  }

  @Test
  void refusesWhatIsSomethingElseAndGivesTheQuotaBackOnce() {
    fireside.faults().setAll(Fault.duplicate(2));
    byte[] list = Samples.ascii("#EXTM3U\n#EXTINF:2,\nfile:///etc/passwd\n");
    for (int i = 0; i < 3; i++) {
      String id = sender.upload("ann", "video", "video/mp4", list);
      fireside.settle();
      Reply refused = sender.read("ann", id);
      assertThat(refused.body().path("state").asText()).isEqualTo("refused");
      assertThat(reason(refused)).isEqualTo("references");
    }
    assertThat(objects().list("uploads/", "", 10)).isEmpty();
    sender.open("ann", "video", "video/mp4", 1);
    sender.open("ann", "video", "video/mp4", 1);
    assertThat(sender.open("ann", "video", "video/mp4", 1).status()).isEqualTo(429);
  }

  @Test
  void holdsTheBytesToTheirChecksum() throws NoSuchAlgorithmException {
    byte[] picture = Samples.picture("png", 30, 30);
    String right = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(picture));

    Reply good = sender.open("ann", "image", "image/png", picture.length, Map.of("sha256", right));
    Reply bad =
        sender.open("ann", "image", "image/png", picture.length, Map.of("sha256", "0".repeat(64)));
    for (Reply opened : new Reply[] {good, bad}) {
      sender.put(opened.body().path("uploadUrl").asText(), picture, 0, picture.length);
    }
    fireside.settle();

    assertThat(sender.state("ann", good.body().path("id").asText())).isEqualTo("accepted");
    assertThat(reason(sender.read("ann", bad.body().path("id").asText())))
        .isEqualTo("wrong-checksum");
  }

  @Test
  void deletesWhatBelongsToNoUpload() {
    objects().put(new NewObject("uploads/nobody", "video/mp4", ""), new byte[3]);
    objects().put(new NewObject("elsewhere", "video/mp4", ""), new byte[3]);
    fireside.settle();

    assertThat(objects().list("", "", 10)).isEmpty();
  }

  @Test
  void endsSessionsThatHaveExpired() {
    Reply opened = sender.open("ann", "video", "video/mp4", 600_000);
    String url = opened.body().path("uploadUrl").asText();
    sender.put(url, new byte[600_000], 0, Sender.MULTIPLE);

    fireside.clock().advance(Duration.ofHours(25));
    fireside.fire("uploads-sweep");

    Reply refused = sender.read("ann", opened.body().path("id").asText());
    assertThat(reason(refused)).isEqualTo("expired");
    assertThat(sender.put(url, new byte[600_000], Sender.MULTIPLE, 600_000).status())
        .isGreaterThanOrEqualTo(400)
        .isLessThan(500);
  }

  @Test
  void findsWhatCameThoughItsEventIsLost() {
    fireside.faults().hold("uploads-on-finalized");
    String id = sender.upload("ann", "video", "video/mp4", Samples.mp4(1_000));
    assertThat(sender.state("ann", id)).isEqualTo("checking");

    fireside.clock().advance(Duration.ofHours(25));
    fireside.fire("uploads-sweep");

    assertThat(sender.state("ann", id)).isEqualTo("accepted");
    fireside.faults().release();
    fireside.settle();
    assertThat(sender.state("ann", id)).isEqualTo("accepted");
  }

  @Test
  void removesVideosThatNothingWasMadeOf() {
    String id = sender.upload("ann", "video", "video/mp4", Samples.mp4(1_000));
    String kept = sender.upload("ann", "image", "image/png", Samples.picture("png", 9, 9));
    fireside.settle();

    fireside.clock().advance(Duration.ofDays(8));
    fireside.fire("uploads-sweep");

    assertThat(reason(sender.read("ann", id))).isEqualTo("unused");
    assertThat(sender.state("ann", kept)).isEqualTo("accepted");
  }

  @Test
  void removesWhatIsGivenUpWhileItIsBeingChecked() {
    fireside.faults().hold("uploads-on-finalized");
    String id = sender.upload("ann", "video", "video/mp4", Samples.mp4(1_000));

    assertThat(fireside.http().as("ann").delete("/api/uploads/" + id).status()).isEqualTo(204);
    fireside.faults().release();
    fireside.settle();

    assertThat(sender.read("ann", id).status()).isEqualTo(404);
    assertThat(objects().list("", "", 10)).isEmpty();
  }
}
