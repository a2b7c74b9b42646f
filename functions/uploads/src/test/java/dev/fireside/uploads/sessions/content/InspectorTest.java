package dev.fireside.uploads.sessions.content;

import static dev.fireside.uploads.Samples.ascii;
import static dev.fireside.uploads.Samples.box;
import static dev.fireside.uploads.Samples.joined;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.uploads.Samples;
import dev.fireside.uploads.sessions.domain.Refusal;
import dev.fireside.uploads.sessions.domain.UploadKind;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InspectorTest {
  private static final List<UploadKind> KINDS = List.of(UploadKind.values());

  private static final class Array implements Bytes {
    private final byte[] all;

    Array(byte[] all) {
      this.all = all;
    }

    @Override
    public long size() {
      return all.length;
    }

    @Override
    public byte[] read(long from, int length) {
      return Arrays.copyOfRange(all, (int) from, (int) Math.min(all.length, from + length));
    }
  }

  private static Verdict inspect(UploadKind kind, byte[] bytes) {
    return Inspector.inspect(kind, new Array(bytes));
  }

  private static Verdict refused(Refusal why) {
    return new Verdict.Refused(why);
  }

  private static byte[] cut(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  @ParameterizedTest
  @CsvSource({"png,image/png", "jpg,image/jpeg", "gif,image/gif"})
  void readsTheSizeOfPictures(String format, String type) {
    assertThat(inspect(UploadKind.IMAGE, Samples.picture(format, 320, 200)))
        .isEqualTo(new Verdict.Fine(type, 320, 200));
  }

  @Test
  void readsTheLargestSizeInABoxedPicture() {
    byte[] tile = box("ispe", new byte[4], new byte[] {0, 0, 2, 0, 0, 0, 2, 0});
    byte[] whole = box("ispe", new byte[4], new byte[] {0, 0, 16, 0, 0, 0, 8, 0});
    byte[] meta = box("meta", new byte[4], box("iprp", box("ipco", tile, whole, tile)));

    assertThat(inspect(UploadKind.IMAGE, joined(box("ftyp", ascii("avif")), meta)))
        .isEqualTo(new Verdict.Fine("image/avif", 4_096, 2_048));
  }

  @Test
  void takesMovies() {
    assertThat(inspect(UploadKind.VIDEO, Samples.mp4(200_000)))
        .isEqualTo(new Verdict.Fine("video/mp4", 0, 0));
  }

  @Test
  void takesATransportStream() {
    var stream = new byte[188 * 50];
    for (int at = 0; at < stream.length; at += 188) {
      stream[at] = 0x47;
    }
    assertThat(inspect(UploadKind.VIDEO, stream)).isEqualTo(new Verdict.Fine("video/mp2t", 0, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:2,\nfile:///etc/passwd\n",
        "\n  #EXTM3U\nhttp://127.0.0.1/\n",
        "ffconcat version 1.0\nfile /etc/passwd\n",
        "[playlist]\nFile1=http://169.254.169.254/\n",
        "<MPD xmlns='urn:mpeg:dash:schema:mpd:2011'/>"
      })
  void refusesListsOfFilesWhateverTheyAreCalled(String list) {
    assertThat(inspect(UploadKind.VIDEO, ascii(list))).isEqualTo(refused(Refusal.REFERENCES));
  }

  @Test
  void refusesMoviesThatPlayOtherFiles() {
    byte[] movie = Samples.mp4(Samples.elsewhere("file:///etc/passwd"), new byte[10]);
    assertThat(inspect(UploadKind.VIDEO, movie)).isEqualTo(refused(Refusal.REFERENCES));
    byte[] redirect =
        joined(box("ftyp", ascii("qt  ")), box("moov", box("rmra", box("rmda", new byte[9]))));
    assertThat(inspect(UploadKind.VIDEO, redirect)).isEqualTo(refused(Refusal.REFERENCES));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        "<html><script>alert(1)</script></html>",
        "MZ\u0090\u0000",
        "#!/bin/sh\nrm -rf /",
        "%PDF-1.7\n",
        "just words"
      })
  void refusesWhatIsNoMedia(String text) {
    for (UploadKind kind : UploadKind.values()) {
      assertThat(inspect(kind, ascii(text))).as("%s", kind).isEqualTo(refused(Refusal.WRONG_TYPE));
    }
  }

  @Test
  void refusesMediaOfAnotherKind() {
    assertThat(inspect(UploadKind.IMAGE, Samples.mp4(100))).isEqualTo(refused(Refusal.WRONG_TYPE));
    assertThat(inspect(UploadKind.VIDEO, Samples.picture("png", 9, 9)))
        .isEqualTo(refused(Refusal.WRONG_TYPE));
  }

  @Test
  void refusesWhatIsAnArchiveAsWell() {
    for (byte[] media : new byte[][] {Samples.mp4(70_000), Samples.picture("jpg", 90, 90)}) {
      UploadKind kind = media.length > 60_000 ? UploadKind.VIDEO : UploadKind.IMAGE;
      assertThat(inspect(kind, joined(media, Samples.zip())))
          .as("%s", kind)
          .isEqualTo(refused(Refusal.POLYGLOT));
    }
  }

  @Test
  void refusesAPictureThatIsAPageAsWell() {
    byte[] gif = Samples.picture("gif", 20, 20);
    byte[] page =
        joined(cut(gif, 0, 13), ascii("<script>alert(1)</script>"), cut(gif, 13, gif.length));
    assertThat(inspect(UploadKind.AVATAR, page)).isEqualTo(refused(Refusal.POLYGLOT));
  }

  @ParameterizedTest
  @CsvSource({"60000,60000", "20000,10", "-1,-1", "16000,16000"})
  void refusesPicturesThatUnpackToTooMuch(int width, int height) {
    assertThat(inspect(UploadKind.IMAGE, Samples.pngSaying(width, height)))
        .isEqualTo(refused(Refusal.TOO_LARGE));
  }

  @Test
  void refusesPicturesWithoutPixels() {
    assertThat(inspect(UploadKind.IMAGE, Samples.pngSaying(0, 10)))
        .isEqualTo(refused(Refusal.BROKEN));
  }

  @ParameterizedTest
  @EnumSource(UploadKind.class)
  void refusesNothing(UploadKind kind) {
    assertThat(inspect(kind, new byte[0])).isEqualTo(refused(Refusal.EMPTY));
  }

  @Test
  void refusesWhatEndsTooEarly() {
    byte[] movie = Samples.mp4(300_000);
    assertThat(inspect(UploadKind.VIDEO, cut(movie, 0, 200_000)))
        .isEqualTo(refused(Refusal.BROKEN));
    assertThat(inspect(UploadKind.VIDEO, cut(movie, 0, 30))).isEqualTo(refused(Refusal.BROKEN));
    for (String format : new String[] {"png", "jpg"}) {
      byte[] picture = Samples.picture(format, 400, 400);
      assertThat(inspect(UploadKind.IMAGE, cut(picture, 0, picture.length - 20)))
          .as(format)
          .isEqualTo(refused(Refusal.BROKEN));
      assertThat(inspect(UploadKind.IMAGE, cut(picture, 0, 18)))
          .as(format)
          .isEqualTo(refused(Refusal.BROKEN));
    }
  }

  @Test
  void answersWhateverTheBytesAre() {
    var random = new Random(7);
    byte[][] seeds = {
      Samples.mp4(3_000),
      Samples.picture("png", 30, 30),
      Samples.picture("jpg", 30, 30),
      Samples.picture("gif", 30, 30),
      ascii("RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
      joined(new byte[] {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3, (byte) 0x84}, ascii("webm")),
      joined(box("ftyp", ascii("heic")), box("meta", new byte[40]))
    };
    for (int round = 0; round < 4_000; round++) {
      byte[] bytes = seeds[round % seeds.length].clone();
      for (int i = random.nextInt(8); i >= 0; i--) {
        bytes[random.nextInt(Math.min(200, bytes.length))] = (byte) random.nextInt(256);
      }
      UploadKind kind = KINDS.get(random.nextInt(KINDS.size()));
      assertThat(inspect(kind, cut(bytes, 0, 1 + random.nextInt(bytes.length)))).isNotNull();
    }
  }
}
