package dev.fireside.media.domain;

/// One quality of a stream, measured from the file that was made.
///
/// @param name such as `360p`, or `audio`: [MediaFiles] derives its files from it
/// @param width of its picture; 0 for a sound
/// @param height of its picture; 0 for a sound
/// @param frameRate frames a second as a fraction, such as `30000/1001`; empty for a sound
/// @param codecs as playlists state them, such as `avc1.640028`
/// @param bandwidth bits a second of its densest segment
/// @param averageBandwidth bits a second over its whole length
/// @param bytes of its file
/// @param headerBytes of its file's beginning, which a decoder reads first
/// @param indexBytes of what follows there: where its segments are
public record Rendition(
    String name,
    int width,
    int height,
    String frameRate,
    String codecs,
    long bandwidth,
    long averageBandwidth,
    long bytes,
    long headerBytes,
    long indexBytes) {
  /// The name of the one that is heard.
  public static final String SOUND = "audio";

  /// Whether it is one that is heard.
  public boolean isSound() {
    return name.equals(SOUND);
  }
}
