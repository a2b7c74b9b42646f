package dev.fireside.transcoder.encoding;

import dev.fireside.media.domain.MediaFiles;
import dev.fireside.media.domain.Rendition;
import dev.fireside.transcoder.domain.Clip;
import dev.fireside.transcoder.domain.Formats;
import dev.fireside.transcoder.domain.Ladder;
import dev.fireside.transcoder.domain.Loudness;
import dev.fireside.transcoder.ffmpeg.Prober;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The sound of a clip: stereo at 48 kHz, of an even loudness, from time 0 on without gaps.
///
/// Loudness is measured over the whole and changed by one factor: a clip keeps its quiet and loud
/// parts, and none pumps, as an adaptive filter would have it.
public final class Sound {
  private static final String BITS = "128k";
  private static final long FRAGMENT_MICROS = Ladder.SEGMENT_SECONDS * 1_000_000L;
  private static final String STEREO =
      "[0:%d]aresample=48000:async=1000:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo";

  private Sound() {}

  /// Arguments that have ffmpeg report the loudness, for [Loudness#parse].
  public static List<String> measuring(String file, Clip.AudioTrack audio) {
    var arguments = new ArrayList<>(List.of("-v", "info"));
    arguments.addAll(Prober.opening(file, Formats.MEDIA));
    arguments.addAll(
        List.of(
            "-filter_complex",
            STEREO.formatted(audio.index()) + ",ebur128=peak=sample:framelog=quiet[a]",
            "-map",
            "[a]",
            "-f",
            "null",
            "-"));
    return arguments;
  }

  /// Arguments that have ffmpeg make the file. The encoder begins with silence before time 0, which
  /// is left out: no player has to skip it.
  public static List<String> arguments(String file, Clip.AudioTrack audio, Loudness loudness) {
    var arguments = new ArrayList<>(List.of("-v", "error"));
    arguments.addAll(Prober.opening(file, Formats.MEDIA));
    arguments.addAll(
        List.of(
            "-filter_complex",
            STEREO.formatted(audio.index())
                + String.format(Locale.ROOT, ",volume=%.2fdB[a]", loudness.gain()),
            "-map",
            "[a]",
            "-c:a",
            "aac",
            "-b:a",
            BITS,
            "-bsf:a",
            "noise=drop=lt(pts\\,0)"));
    arguments.addAll(Fragments.ANONYMOUS);
    arguments.addAll(
        List.of(
            "-frag_duration",
            Long.toString(FRAGMENT_MICROS),
            "-movflags",
            "+cmaf+global_sidx",
            "-f",
            "mp4",
            MediaFiles.media(Rendition.SOUND)));
    return arguments;
  }
}
