package dev.fireside.transcoder.packaging;

import dev.fireside.media.domain.MediaFiles;
import dev.fireside.media.domain.Rendition;
import dev.fireside.transcoder.domain.Rate;
import dev.fireside.transcoder.domain.Rung;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/// A file of one quality, and what playlists say of it.
public final class Stream {
  private static final double NANOS = 1e9;

  private final Rendition rendition;
  private final Track track;

  private Stream(Rendition rendition, Track track) {
    this.rendition = rendition;
    this.track = track;
  }

  /// The picture of a quality. Throws [IOException] where the file is not what it should be.
  public static Stream picture(Rung rung, Rate rate, Path file) throws IOException {
    return of(rung.name(), rung.width(), rung.height(), rate.toString(), file);
  }

  /// The sound.
  public static Stream sound(Path file) throws IOException {
    return of(Rendition.SOUND, 0, 0, "", file);
  }

  private static Stream of(String name, int width, int height, String rate, Path file)
      throws IOException {
    Track track = Track.read(file);
    return new Stream(
        new Rendition(
            name,
            width,
            height,
            rate,
            track.codec(),
            track.bandwidth(),
            track.averageBandwidth(),
            track.bytes(),
            track.initBytes(),
            track.indexBytes()),
        track);
  }

  public Rendition rendition() {
    return rendition;
  }

  /// How long it plays.
  public Duration duration() {
    return Duration.ofNanos((long) (track.seconds() * NANOS));
  }

  /// Its playlist for HLS.
  public String playlist() {
    String file = MediaFiles.media(rendition.name());
    var text = new StringBuilder();
    text.append("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:")
        .append(track.targetSeconds())
        .append("\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n")
        .append("#EXT-X-MAP:URI=\"%s\",BYTERANGE=\"%d@0\"%n".formatted(file, track.initBytes()));
    for (Segment segment : track.segments()) {
      text.append(
          String.format(
              Locale.ROOT,
              "#EXTINF:%.5f,\n#EXT-X-BYTERANGE:%d@%d\n%s\n",
              segment.seconds(),
              segment.bytes(),
              segment.offset(),
              file));
    }
    return text.append("#EXT-X-ENDLIST\n").toString();
  }
}
