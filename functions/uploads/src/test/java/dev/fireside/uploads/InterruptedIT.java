package dev.fireside.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.media.store.BucketStore;
import dev.fireside.media.store.MediaStorage;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What happens to uploads on the way from a phone.
class InterruptedIT {
  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().with(Map.of());

  private final Sender sender = new Sender(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  private static BucketStore objects() {
    return MediaStorage.of(fireside.platform()).uploads();
  }

  private static byte[] whole(BucketStore objects) {
    var found = objects.list("uploads/", "", 10);
    assertThat(found).hasSize(1);
    var out = new java.io.ByteArrayOutputStream();
    objects.copyTo(found.getFirst(), out);
    return out.toByteArray();
  }

  @Test
  void arrivesWholeThoughItIsCutAgainAndAgain() {
    byte[] clip = Samples.mp4(50_000_000);
    Reply opened = sender.open("ann", "video", "video/mp4", clip.length);
    String url = opened.body().path("uploadUrl").asText();
    String id = opened.body().path("id").asText();
    var random = new Random(3);

    int at = 0;
    while (at < clip.length) {
      int length = Math.min((1 + random.nextInt(24)) * Sender.MULTIPLE, clip.length - at);
      if (random.nextInt(3) == 0) {
        sender.cut(url, clip, at, random.nextInt(length));
        at = (int) sender.read("ann", id).body().path("receivedBytes").asLong();
      } else {
        Sender.Answer answer = sender.put(url, clip, at, at + length);
        at = answer.status() == 308 ? (int) answer.last() + 1 : clip.length;
      }
    }
    fireside.settle();

    assertThat(sender.state("ann", id)).isEqualTo("accepted");
    assertThat(whole(objects())).isEqualTo(clip);
  }

  @Test
  void isDoneThoughTheLastAcknowledgementIsLost() {
    byte[] clip = Samples.mp4(400_000);
    Reply opened = sender.open("ann", "video", "video/mp4", clip.length);
    String url = opened.body().path("uploadUrl").asText();
    sender.put(url, clip, 0, clip.length);

    // The client does not know: it asks, and sends the end again.
    assertThat(sender.query(url).status()).isEqualTo(200);
    assertThat(sender.put(url, clip, Sender.MULTIPLE, clip.length).status()).isEqualTo(200);
    fireside.settle();

    assertThat(sender.state("ann", opened.body().path("id").asText())).isEqualTo("accepted");
    assertThat(whole(objects())).isEqualTo(clip);
  }

  @Test
  void keepsTheBytesInOrderThoughTwoSendAtOnce() throws Exception {
    byte[] clip = Samples.mp4(3_000_000);
    String url =
        sender.open("ann", "video", "video/mp4", clip.length).body().path("uploadUrl").asText();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> one = threads.submit(() -> sender.put(url, clip, 0, clip.length));
      Future<?> other = threads.submit(() -> sender.put(url, clip, 0, clip.length));
      one.get();
      other.get();
    }
    Sender.Answer state = sender.query(url);
    if (state.status() == 308) {
      sender.put(url, clip, (int) state.last() + 1, clip.length);
    }
    fireside.settle();

    assertThat(whole(objects())).isEqualTo(clip);
  }

  @Test
  void asksForTheRestOfAChunkOfAWrongSize() {
    byte[] clip = Samples.mp4(700_000);
    Reply opened = sender.open("ann", "video", "video/mp4", clip.length);
    String url = opened.body().path("uploadUrl").asText();

    Sender.Answer odd = sender.put(url, clip, 0, 300_000);
    assertThat(odd).isEqualTo(new Sender.Answer(308, Sender.MULTIPLE - 1));
    assertThat(sender.put(url, clip, 300_000, clip.length).status()).isEqualTo(400);
    assertThat(sender.put(url, clip, Sender.MULTIPLE, clip.length).status()).isEqualTo(200);
    fireside.settle();

    assertThat(sender.state("ann", opened.body().path("id").asText())).isEqualTo("accepted");
  }
}
