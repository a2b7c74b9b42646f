package dev.fireside.transcoder.encoding;

import dev.fireside.transcoder.domain.Clip;

/// The size and the colours of pictures.
final class Colours {
  private Colours() {}

  /// Light of 100 nits is the white of ordinary screens.
  private static String toOrdinary(String transfer) {
    return "zscale=tin="
        + transfer
        + ":pin=bt2020:min=bt2020nc:t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,"
        + "tonemap=tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=limited,";
  }

  /// A chain of filters that makes of a picture one of the given size.
  static String fitted(Clip.VideoTrack video, int width, int height) {
    String transfer = video.hdrTransfer();
    return "scale=%d:%d:flags=bicubic:out_range=limited,".formatted(width, height)
        + (transfer == null ? "" : toOrdinary(transfer))
        + "setsar=1,format=yuv420p";
  }
}
