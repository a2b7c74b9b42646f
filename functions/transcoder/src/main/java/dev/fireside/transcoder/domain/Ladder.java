package dev.fireside.transcoder.domain;

import java.util.ArrayList;
import java.util.List;

/// Which qualities of a clip are made, and in which order.
///
/// Qualities go by the smaller edge, so that a portrait clip has the same names as a landscape one,
/// and are never above the clip's own. The bits follow PeerTube's table of bits a pixel
/// (`packages/core-utils/src/videos/bitrate.ts`): at 16:9 and 30 frames a second 522 kb/s for 240p
/// to 19.9 Mb/s for 2160p.
public final class Ladder {
  /// Seconds of a segment, about: whole frames decide. Two groups of pictures: short enough for a
  /// phone to start and to change quality soon, long enough for few requests.
  public static final int SEGMENT_SECONDS = 4;

  /// Seconds from one key frame to the next, about; in all renditions at the same times.
  public static final int KEY_FRAME_SECONDS = 2;

  /// What is made before anything else: the least that looks well on a phone.
  private static final int FIRST_EDGE = 360;

  /// Up to here all is made of one decoding; what is above has one of its own, so that less waits
  /// for it, and less is lost with it.
  private static final int TOGETHER_EDGE_MAX = 1_080;

  /// The most that H.264 is made with.
  private static final int LONGER_EDGE_MAX = 4_096;

  private static final int EDGE_MIN = 16;

  /// At fewer frames key frames make up most, and need as much.
  private static final double RATE_MIN = 8;

  /// The least bits a pixel, however few the clip itself has.
  private static final double BITS_PER_PIXEL_MIN = 0.02;

  /// What H.264 needs beside a newer codec.
  private static final int NEWER_CODEC_FACTOR = 2;

  private record Density(int edge, double average, double max) {}

  private static final List<Density> DENSITIES =
      List.of(
          new Density(240, 0.17, 0.29),
          new Density(360, 0.15, 0.26),
          new Density(480, 0.12, 0.22),
          new Density(720, 0.11, 0.19),
          new Density(1_080, 0.10, 0.17),
          new Density(1_440, 0.09, 0.16),
          new Density(2_160, 0.08, 0.14));

  private Ladder() {}

  /// The qualities of a clip, the lowest first; at least one.
  public static List<Rung> of(Clip.VideoTrack video) {
    var rungs = new ArrayList<Rung>();
    for (Density density : DENSITIES) {
      Rung rung = rung(video, density, density.edge());
      if (density.edge() <= video.edge() && longerEdge(rung) <= LONGER_EDGE_MAX) {
        rungs.add(rung);
      }
    }
    return rungs.isEmpty() ? List.of(smallest(video)) : List.copyOf(rungs);
  }

  /// A clip below the lowest quality is its own; a very long one fits the longer edge.
  private static Rung smallest(Clip.VideoTrack video) {
    int longer = Math.max(video.width(), video.height());
    double shrink = Math.min(1, (double) LONGER_EDGE_MAX / longer);
    return rung(video, DENSITIES.getFirst(), (int) (video.edge() * shrink));
  }

  private static Rung rung(Clip.VideoTrack video, Density density, int edge) {
    int width = even(video.width(), (double) edge / video.edge());
    int height = even(video.height(), (double) edge / video.edge());
    double pixels = width * (double) height * Math.max(video.rate().value(), RATE_MIN);
    double average = density.average() * pixels;
    if (video.bitsPerSecond() > 0) {
      long own = video.bitsPerSecond() * (video.codec().equals("h264") ? 1 : NEWER_CODEC_FACTOR);
      average = Math.clamp((double) own, BITS_PER_PIXEL_MIN * pixels, average);
    }
    return new Rung(
        Math.min(width, height) + "p",
        width,
        height,
        (long) average,
        (long) (average * density.max() / density.average()));
  }

  /// The nearest even number, but not above the clip's own.
  private static int even(int own, double shrink) {
    int nearest = (int) Math.round(own * shrink / 2) * 2;
    return Math.max(EDGE_MIN, Math.min(nearest, own / 2 * 2));
  }

  private static int longerEdge(Rung rung) {
    return Math.max(rung.width(), rung.height());
  }

  /// The qualities in the order in which they are made: those of a list together, from one
  /// decoding.
  public static List<List<Rung>> steps(List<Rung> rungs) {
    Rung first =
        rungs.stream()
            .filter(rung -> rung.edge() >= FIRST_EDGE)
            .findFirst()
            .orElse(rungs.getLast());
    var steps = new ArrayList<List<Rung>>();
    steps.add(List.of(first));
    List<Rung> together =
        rungs.stream()
            .filter(rung -> rung.edge() <= TOGETHER_EDGE_MAX && !rung.equals(first))
            .toList();
    if (!together.isEmpty()) {
      steps.add(together);
    }
    rungs.stream()
        .filter(rung -> rung.edge() > TOGETHER_EDGE_MAX && !rung.equals(first))
        .forEach(rung -> steps.add(List.of(rung)));
    return List.copyOf(steps);
  }
}
