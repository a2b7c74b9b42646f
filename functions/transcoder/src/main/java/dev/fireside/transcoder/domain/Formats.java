package dev.fireside.transcoder.domain;

import java.util.List;

/// The containers that are read. None of them can name another file or an address: playlists, lists
/// of files and patterns of names are left out.
public final class Formats {
  /// Clips and sounds, as ffmpeg's demuxers are named.
  public static final List<String> MEDIA =
      List.of(
          "mov",
          "matroska",
          "mpegts",
          "mpeg",
          "avi",
          "flv",
          "asf",
          "ogg",
          "mp3",
          "aac",
          "flac",
          "wav",
          "aiff",
          "amr");

  /// Images.
  public static final List<String> IMAGES =
      List.of("jpeg_pipe", "png_pipe", "webp_pipe", "gif", "mov", "bmp_pipe", "tiff_pipe");

  private Formats() {}
}
