package dev.fireside.transcoder.encoding;

import java.util.List;

/// How files of fragments are written.
final class Fragments {
  /// Nothing of where, when and by whom a clip was made.
  static final List<String> ANONYMOUS =
      List.of("-map_metadata", "-1", "-map_chapters", "-1", "-bitexact");

  private Fragments() {}

  /// @param micros that a fragment lasts at least, before it ends with a group of pictures
  static List<String> of(long micros) {
    return List.of("-min_frag_duration", Long.toString(micros));
  }
}
