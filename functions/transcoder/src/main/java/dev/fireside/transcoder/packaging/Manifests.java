package dev.fireside.transcoder.packaging;

import dev.fireside.media.domain.Made;
import dev.fireside.media.domain.MediaFiles;
import dev.fireside.media.domain.Rendition;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What lists the qualities of a stream, for players to choose from. Picture and sound are apart,
/// as CMAF has them, and DASH reads the same files as HLS.
public final class Manifests {
  private static final double MILLIS = 1e3;

  private Manifests() {}

  /// The master playlist of HLS. The bits that it states are those of picture and sound.
  public static String master(Made made) {
    List<Rendition> sounds = made.renditions().stream().filter(Rendition::isSound).toList();
    List<Rendition> pictures = pictures(made);
    var text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n");
    if (pictures.isEmpty()) {
      sounds.forEach(sound -> text.append(variant(sound, List.of())));
    } else {
      for (Rendition sound : sounds) {
        text.append("#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"audio\",NAME=\"Original\",DEFAULT=YES,")
            .append("AUTOSELECT=YES,CHANNELS=\"2\",URI=\"")
            .append(MediaFiles.playlist(sound.name()))
            .append("\"\n");
      }
      pictures.forEach(picture -> text.append(variant(picture, sounds)));
    }
    return text.toString();
  }

  private static String variant(Rendition rendition, List<Rendition> sounds) {
    List<Rendition> heard = Stream.concat(Stream.of(rendition), sounds.stream()).toList();
    var text = new StringBuilder("#EXT-X-STREAM-INF:BANDWIDTH=");
    text.append(heard.stream().mapToLong(Rendition::bandwidth).sum())
        .append(",AVERAGE-BANDWIDTH=")
        .append(heard.stream().mapToLong(Rendition::averageBandwidth).sum())
        .append(",CODECS=\"")
        .append(heard.stream().map(Rendition::codecs).collect(Collectors.joining(",")))
        .append('"');
    if (!rendition.isSound()) {
      text.append(",RESOLUTION=")
          .append(rendition.width())
          .append('x')
          .append(rendition.height())
          .append(String.format(Locale.ROOT, ",FRAME-RATE=%.3f", rate(rendition)));
    }
    if (!sounds.isEmpty()) {
      text.append(",AUDIO=\"audio\"");
    }
    return text.append('\n').append(MediaFiles.playlist(rendition.name())).append('\n').toString();
  }

  private static double rate(Rendition rendition) {
    String[] parts = rendition.frameRate().split("/", -1);
    return Double.parseDouble(parts[0]) / (parts.length == 2 ? Double.parseDouble(parts[1]) : 1);
  }

  private static List<Rendition> pictures(Made made) {
    return made.renditions().stream().filter(rendition -> !rendition.isSound()).toList();
  }

  /// The manifest of DASH, for the profile of files that are there as a whole.
  public static String dash(Made made) {
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" \
            profiles="urn:mpeg:dash:profile:isoff-on-demand:2011" \
            minBufferTime="PT4S" mediaPresentationDuration="PT%.3fS">
              <Period>
            """,
            made.duration().toMillis() / MILLIS));
    text.append(adaptations("video", pictures(made)));
    text.append(
        adaptations("audio", made.renditions().stream().filter(Rendition::isSound).toList()));
    return text.append("  </Period>\n</MPD>\n").toString();
  }

  private static String adaptations(String type, List<Rendition> renditions) {
    if (renditions.isEmpty()) {
      return "";
    }
    var text = new StringBuilder();
    text.append(
        """
            <AdaptationSet contentType="%1$s" mimeType="%1$s/mp4" segmentAlignment="true" \
        subsegmentAlignment="true" subsegmentStartsWithSAP="1">
        """
            .formatted(type));
    renditions.forEach(rendition -> text.append(representation(rendition)));
    return text.append("    </AdaptationSet>\n").toString();
  }

  private static String representation(Rendition rendition) {
    long index = rendition.headerBytes();
    return """
          <Representation id="%s" codecs="%s" bandwidth="%d"%s>
            <BaseURL>%s</BaseURL>
            <SegmentBase indexRange="%d-%d"><Initialization range="0-%d"/></SegmentBase>
          </Representation>
    """
        .formatted(
            rendition.name(),
            rendition.codecs(),
            rendition.bandwidth(),
            rendition.isSound()
                ? ""
                : " width=\"%d\" height=\"%d\" frameRate=\"%s\""
                    .formatted(rendition.width(), rendition.height(), rendition.frameRate()),
            MediaFiles.media(rendition.name()),
            index,
            index + rendition.indexBytes() - 1,
            index - 1);
  }
}
