package dev.fireside.transcoder.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LadderTest {
  private static Clip.VideoTrack clip(int width, int height, Rate rate, long bits) {
    return new Clip.VideoTrack(0, "hevc", width, height, rate, null, Duration.ZERO, bits);
  }

  private static List<String> names(int width, int height) {
    return Ladder.of(clip(width, height, new Rate(30, 1), 0)).stream()
        .map(rung -> rung.name() + " " + rung.width() + "x" + rung.height())
        .toList();
  }

  @Test
  void goesByTheSmallerEdgeAndNeverAboveTheClip() {
    assertThat(names(1_280, 720))
        .containsExactly("240p 426x240", "360p 640x360", "480p 854x480", "720p 1280x720");
    assertThat(names(719, 1_279)).last().isEqualTo("480p 480x854");
    assertThat(names(3_840, 2_160)).hasSize(7).last().isEqualTo("2160p 3840x2160");
    assertThat(names(101, 75)).containsExactly("74p 100x74");
    assertThat(names(8, 8)).containsExactly("16p 16x16");
  }

  @Test
  void makesNothingLongerThanPlayersTake() {
    assertThat(names(20_000, 240)).containsExactly("50p 4084x50");
    assertThat(names(5_120, 2_160)).last().isEqualTo("1440p 3414x1440");
  }

  @Test
  void takesTheBitsOfTheTable() {
    List<Rung> rungs = Ladder.of(clip(3_840, 2_160, new Rate(30, 1), 0));
    assertThat(rungs.getFirst().averageBits()).isCloseTo(522_000L, within(1_000L));
    assertThat(rungs.getFirst().maxBits()).isCloseTo(890_000L, within(1_500L));
    assertThat(rungs.getLast().averageBits()).isCloseTo(19_906_000L, within(10_000L));
    assertThat(rungs.getLast().maxBits()).isCloseTo(34_836_000L, within(10_000L));
  }

  @Test
  void takesNoMoreBitsThanTheClipItselfNeeds() {
    assertThat(Ladder.of(clip(640, 360, new Rate(30, 1), 200_000)).getLast().averageBits())
        .isEqualTo(400_000);
    assertThat(Ladder.of(clip(640, 360, new Rate(30, 1), 1_000)).getLast().averageBits())
        .isCloseTo(138_240, within(1L));
  }

  @Test
  void makesFirstWhatLooksWellOnAPhone() {
    List<Rung> rungs = Ladder.of(clip(3_840, 2_160, new Rate(30, 1), 0));
    assertThat(
            Ladder.steps(rungs).stream()
                .map(step -> step.stream().map(Rung::name).toList())
                .toList())
        .containsExactly(
            List.of("360p"),
            List.of("240p", "480p", "720p", "1080p"),
            List.of("1440p"),
            List.of("2160p"));
    assertThat(Ladder.steps(rungs.subList(0, 1))).containsExactly(List.of(rungs.getFirst()));
  }

  @Test
  void servesASteadyRate() {
    assertThat(served("30000/1001", "30000/1001")).isEqualTo("30000/1001");
    assertThat(served("8", "8")).isEqualTo("8");
    assertThat(served("120", "120")).isEqualTo("60");
    assertThat(served("120000/1001", "120000/1001")).isEqualTo("60000/1001");
    assertThat(served("90", "90")).isEqualTo("45");
    assertThat(served("1000", "1000")).isEqualTo("1000/17");
    assertThat(served("28", "120")).isEqualTo("30");
    assertThat(served("1", "1")).isEqualTo("1");
    assertThat(served("1/10", "1/10")).isEqualTo("1");
    assertThat(served("3", "90000")).isEqualTo("10");
  }

  private static String served(String average, String base) {
    return Rate.served(rate(average), rate(base)).toString();
  }

  private static Rate rate(String text) {
    String[] parts = text.split("/", -1);
    return new Rate(Long.parseLong(parts[0]), parts.length == 2 ? Long.parseLong(parts[1]) : 1);
  }

  @Test
  void evensLoudnessByOneFactor() {
    assertThat(new Loudness(-24, -12).gain()).isEqualTo(10);
    assertThat(new Loudness(-24, -4).gain()).as("no peak beyond its limit").isEqualTo(3);
    assertThat(new Loudness(-24, 0).gain()).as("no softer than it is").isZero();
    assertThat(new Loudness(-8, 0).gain()).isEqualTo(-6);
    assertThat(new Loudness(-50, -30).gain()).isEqualTo(20);
    assertThat(Loudness.UNKNOWN.gain()).isZero();
    assertThat(Loudness.parse("  I:   -70.0 LUFS\n Peak:   -inf dBFS").gain()).isZero();
    assertThat(Loudness.parse("  I:   -23.4 LUFS\n Threshold\n Peak:   -3.2 dBFS"))
        .isEqualTo(new Loudness(-23.4, -3.2));
    assertThat(Loudness.parse("nothing")).isEqualTo(Loudness.UNKNOWN);
  }

  @Test
  void hasAHundredThumbnailsAtMost() {
    var video = clip(720, 1_280, new Rate(30, 1), 0);
    assertThat(Thumbnails.of(video, Duration.ofMillis(400)))
        .isEqualTo(new Thumbnails(1, 1, 90, 160));
    assertThat(Thumbnails.of(video, Duration.ofHours(3)))
        .isEqualTo(new Thumbnails(100, 108, 90, 160));
    assertThat(Thumbnails.of(video, Duration.ofMillis(11_500)).track(Duration.ofMillis(11_480)))
        .endsWith(
            """

            00:00:10.000 --> 00:00:11.000
            thumbnails.webp#xywh=0,160,90,160

            00:00:11.000 --> 00:00:11.480
            thumbnails.webp#xywh=90,160,90,160
            """);
  }
}
