package dev.fireside.transcoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.media.domain.Made;
import dev.fireside.media.domain.Rendition;
import dev.fireside.media.domain.TranscodeFailure;
import dev.fireside.media.domain.TranscodeOrder;
import dev.fireside.media.domain.TranscodeState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// All kinds of clips: a ladder that plays as it says, or a failure that says why.
class ClipsIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private static Desk desk;

  @BeforeAll
  static void open() {
    desk = new Desk(fireside.platform());
  }

  private static Made made(byte[] clip) {
    String id = desk.video(clip);
    MakeOrder.Outcome outcome = desk.make(id);
    assertThat(outcome).as(desk.state(id).toString()).isEqualTo(MakeOrder.Outcome.DONE);
    Made made = desk.state(id).made();
    desk.served(id).check(made);
    return made;
  }

  private static void assertFails(byte[] sent, TranscodeFailure failure) {
    String id = desk.video(sent);
    assertThat(desk.make(id)).isEqualTo(MakeOrder.Outcome.FAILED);
    assertThat(desk.state(id))
        .isInstanceOfSatisfying(
            TranscodeState.Failed.class,
            failed -> assertThat(failed.failure()).as(failed.detail()).isEqualTo(failure));
    assertThat(desk.served(id).names()).doesNotContain("master.m3u8");
  }

  private static List<String> sizes(Made made) {
    return made.renditions().stream()
        .map(rendition ->
            rendition.isSound()
                ? rendition.name()
                : rendition.name()
                    + " "
                    + rendition.width()
                    + "x"
                    + rendition.height()
                    + " "
                    + rendition.frameRate())
        .toList();
  }

  @Test
  void oneSecondWithoutSound() {
    Made made =
        made(TestClips.made("second.mp4", TestClips.picture("426x240", "25", 1) + TestClips.H264));
    assertThat(sizes(made)).containsExactly("240p 426x240 25");
    assertThat(made.duration()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void portraitInOddSizes() {
    Made made =
        made(
            TestClips.made(
                "odd.mkv",
                "-f lavfi -i testsrc=s=363x641:r=24000/1001:d=3 -c:v libvpx -deadline realtime"
                    + " -cpu-used 8 -pix_fmt yuv444p"));
    assertThat(sizes(made)).containsExactly("240p 240x424 24000/1001", "360p 360x636 24000/1001");
  }

  @Test
  void turnedByItsMetadata() {
    TestClips.made("lying.mp4", TestClips.picture("426x240", "30", 2) + TestClips.H264);
    Made made = made(TestClips.made("turned.mp4", "-display_rotation 90 -i lying.mp4 -c copy"));
    assertThat(sizes(made)).containsExactly("240p 240x426 30");
    assertThat(made.width()).isEqualTo(240);
    assertThat(made.height()).isEqualTo(426);
  }

  @Test
  void pixelsThatAreNotSquare() {
    Made made =
        made(
            TestClips.made(
                "wide.mp4",
                TestClips.picture("320x240", "30", 1)
                    + " -vf setsar=4/3 -c:v libopenh264 -b:v 400k"));
    assertThat(sizes(made)).containsExactly("240p 426x240 30");
  }

  @Test
  void sixChannelsInATransportStream() {
    Made made =
        made(
            TestClips.made(
                "six.ts",
                TestClips.picture("320x240", "25", 3) + TestClips.tone(3, "5.1") + TestClips.H264));
    assertThat(sizes(made)).containsExactly("240p 320x240 25", "audio");
  }

  @Test
  void eightFramesASecondInWebM() {
    Made made =
        made(
            TestClips.made(
                "eight.webm",
                TestClips.picture("320x240", "8", 5)
                    + TestClips.tone(5, "stereo")
                    + " -c:v libvpx -deadline realtime -cpu-used 8 -c:a libopus -shortest"));
    assertThat(sizes(made)).containsExactly("240p 320x240 8", "audio");
  }

  @Test
  void aHundredAndTwentyFramesASecond() {
    Made made =
        made(TestClips.made("fast.mp4", TestClips.picture("320x240", "120", 2) + TestClips.H264));
    assertThat(sizes(made)).containsExactly("240p 320x240 60");
  }

  @Test
  void framesAtIrregularTimes() {
    Made made =
        made(
            TestClips.made(
                "irregular.mp4",
                TestClips.picture("320x240", "30", 5)
                    + " -vf select='not(mod(n,3))+gt(n,60)' -fps_mode vfr -c:v libopenh264 -b:v"
                    + " 400k"));
    assertThat(sizes(made)).containsExactly("240p 320x240 24");
    assertThat(made.duration()).isBetween(Duration.ofMillis(4_900), Duration.ofMillis(5_100));
  }

  @Test
  void lightOfHdr() {
    Made made =
        made(
            TestClips.made(
                "hdr.mp4",
                TestClips.picture("320x240", "24", 1)
                    + " -vf format=yuv420p10le -color_primaries bt2020 -color_trc smpte2084"
                    + " -colorspace bt2020nc -c:v libsvtav1 -preset 12"));
    assertThat(sizes(made)).containsExactly("240p 320x240 24");
  }

  @Test
  void editListsThatBeginLate() {
    TestClips.ordinary();
    Made made =
        made(
            TestClips.made(
                "edited.mov",
                "-itsoffset 0.7 -i ordinary.mp4 -i ordinary.mp4 -map 0:v -map 1:a -c copy"));
    assertThat(sizes(made)).containsExactly("240p 320x240 30", "audio");
    assertThat(made.duration()).isBetween(Duration.ofMillis(5_600), Duration.ofMillis(5_800));
  }

  @Test
  void soundAlone() {
    Made made = made(TestClips.made("song.ogg", "-f lavfi -i sine=f=440:d=5 -c:a libopus"));
    assertThat(sizes(made)).containsExactly("audio");
    assertThat(made.files()).isEmpty();
  }

  @Test
  void threeHoursAtOneFrameASecond() {
    TestClips.made("minutes.mp4", TestClips.picture("64x48", "1", 180) + " -c:v libopenh264");
    Made made = made(TestClips.made("hours.mp4", "-stream_loop 59 -i minutes.mp4 -c copy"));
    assertThat(sizes(made)).containsExactly("48p 64x48 1");
    assertThat(made.duration()).isEqualTo(Duration.ofHours(3));
  }

  @Test
  void nothingCanBeMadeOfWhatIsNoClip() {
    assertFails(new byte[0], TranscodeFailure.NOT_MEDIA);
    assertFails("hello".getBytes(StandardCharsets.UTF_8), TranscodeFailure.NOT_MEDIA);
    byte[] clip = TestClips.ordinary();
    // Its index is at the end.
    assertFails(Arrays.copyOf(clip, clip.length / 2), TranscodeFailure.NOT_MEDIA);
  }

  @Test
  void aClipThatIsDamagedHalfwayFails() {
    TestClips.ordinary();
    byte[] clip =
        TestClips.made("front.mp4", "-i ordinary.mp4 -c copy -movflags +faststart").clone();
    assertFails(Arrays.copyOf(clip, clip.length / 2), TranscodeFailure.DAMAGED);
    byte[] overwritten = clip.clone();
    Arrays.fill(overwritten, clip.length / 2, clip.length, (byte) 0);
    assertFails(overwritten, TranscodeFailure.DAMAGED);
  }

  @Test
  void aSoundIsOrderedOfAClip() {
    String id = desk.order(TestClips.ordinary(), TranscodeOrder.Audio::new);
    assertThat(desk.make(id)).isEqualTo(MakeOrder.Outcome.DONE);
    assertThat(desk.state(id).made().renditions())
        .extracting(Rendition::name)
        .containsExactly("audio");
  }

  @Test
  void fourKInPortrait() {
    Made made =
        made(
            TestClips.made(
                "large.mp4",
                TestClips.picture("2160x3840", "10", 1) + " -frames:v 2" + TestClips.H264));
    assertThat(made.renditions())
        .extracting(Rendition::name)
        .containsExactly("240p", "360p", "480p", "720p", "1080p", "1440p", "2160p");
  }
}
