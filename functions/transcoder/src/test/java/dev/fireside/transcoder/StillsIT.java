package dev.fireside.transcoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.media.domain.Made;
import dev.fireside.media.domain.MediaFiles;
import dev.fireside.media.domain.TranscodeFailure;
import dev.fireside.media.domain.TranscodeOrder;
import dev.fireside.media.domain.TranscodeState;
import dev.fireside.transcoder.domain.Loudness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Posters, thumbnails and images: their sizes, and that they hold nothing of where they come from.
class StillsIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private static final String SECRET = "Hohenstaufenstrasse";
  private static Desk desk;

  @BeforeAll
  static void open() {
    desk = new Desk(fireside.platform());
  }

  @Test
  void aClipHasAPosterThumbnailsAndAPreviewWithoutItsMetadata() throws IOException {
    byte[] clip =
        TestClips.made(
            "tagged.mp4",
            TestClips.picture("320x240", "10", 12)
                + TestClips.tone(12, "mono")
                + " -metadata title="
                + SECRET
                + " -metadata location=+48.1-011.5/ -metadata comment="
                + SECRET
                + TestClips.H264);
    String id = desk.order(clip, s -> new TranscodeOrder.Video(s, Duration.ofMillis(2_500)));
    assertThat(desk.make(id)).isEqualTo(MakeOrder.Outcome.DONE);
    Served served = desk.served(id);
    assertThat(served.sizes())
        .containsExactlyInAnyOrder(
            "poster-small.webp 320x240",
            "poster-medium.webp 320x240",
            "poster-large.webp 320x240",
            "poster.jpg 320x240",
            "thumbnails.webp 1600x240");
    assertThat(served.text(MediaFiles.THUMBNAIL_TRACK)).contains("00:00:11.000 --> 00:00:12.000");
    assertThat(served.object(MediaFiles.PREVIEW).bytes()).isPositive();
    for (String name : served.names()) {
      String bytes = Files.readString(served.file(name), StandardCharsets.ISO_8859_1);
      assertThat(bytes).as(name).doesNotContain(SECRET).doesNotContain("+48.1");
    }
    assertThat(served.object("240p.mp4").contentType()).isEqualTo("video/mp4");
    assertThat(served.object("audio.mp4").contentType()).isEqualTo("audio/mp4");
    assertThat(served.object("master.m3u8").contentType())
        .isEqualTo("application/vnd.apple.mpegurl");
  }

  @Test
  void aQuietSoundIsLifted() throws IOException {
    byte[] quiet =
        TestClips.made(
            "quiet.m4a", "-f lavfi -i sine=f=997:r=48000:d=4,volume=-6dB -c:a aac -b:a 96k");
    String id = desk.order(quiet, TranscodeOrder.Audio::new);
    assertThat(desk.make(id)).isEqualTo(MakeOrder.Outcome.DONE);
    byte[] made = Files.readAllBytes(desk.served(id).file("audio.mp4"));
    Files.write(TestClips.CACHE.resolveSibling("clips").resolve("lifted.mp4"), made);
    Loudness loudness =
        Loudness.parse(
            TestClips.said(
                "-v info -i lifted.mp4 -af ebur128=peak=sample:framelog=quiet -f null -"));
    assertThat(loudness.integrated()).isCloseTo(-14, within(1.0));
    assertThat(loudness.peak()).isLessThan(0);
  }

  @Test
  void anImageHasItsSizesUprightAndWithoutItsPlace() throws IOException {
    byte[] plain = TestClips.made("image.jpg", "-f lavfi -i testsrc=s=1000x600:d=1 -frames:v 1");
    String id = desk.order(Exif.tagged(plain, SECRET), TranscodeOrder.Image::new);
    assertThat(desk.make(id)).as(desk.state(id).toString()).isEqualTo(MakeOrder.Outcome.DONE);
    Made made = desk.state(id).made();
    assertThat(made.files()).containsAll(MediaFiles.pictures());
    Served served = desk.served(id);
    assertThat(served.sizes())
        .containsExactlyInAnyOrder(
            "poster-small.webp 320x533",
            "poster-medium.webp 600x1000",
            "poster-large.webp 600x1000");
    for (String name : served.names()) {
      String bytes = Files.readString(served.file(name), StandardCharsets.ISO_8859_1);
      assertThat(bytes).as(name).doesNotContain(SECRET).doesNotContain("Exif");
    }
  }

  @Test
  void otherImagesAreReadToo() {
    for (String name : List.of("image.png", "image.webp", "image.gif")) {
      byte[] image = TestClips.made(name, "-f lavfi -i testsrc=s=64x48:d=1 -frames:v 1");
      String id = desk.order(image, TranscodeOrder.Image::new);
      assertThat(desk.make(id)).as(name + desk.state(id)).isEqualTo(MakeOrder.Outcome.DONE);
    }
    String id = desk.order("<svg/>".getBytes(StandardCharsets.UTF_8), TranscodeOrder.Image::new);
    assertThat(desk.make(id)).isEqualTo(MakeOrder.Outcome.FAILED);
    assertThat(desk.state(id))
        .isInstanceOfSatisfying(
            TranscodeState.Failed.class,
            failed -> assertThat(failed.failure()).isEqualTo(TranscodeFailure.NOT_AN_IMAGE));
  }
}
