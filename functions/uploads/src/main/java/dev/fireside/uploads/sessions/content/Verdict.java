package dev.fireside.uploads.sessions.content;

import dev.fireside.uploads.sessions.domain.Refusal;

/// What came of looking at the bytes.
public sealed interface Verdict {
  /// They can be worked on.
  ///
  /// @param contentType what they are
  /// @param width of a picture in pixels; 0 for others
  /// @param height of a picture in pixels; 0 for others
  record Fine(String contentType, int width, int height) implements Verdict {}

  /// They cannot.
  record Refused(Refusal why) implements Verdict {}
}
