package dev.fireside.media.domain;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What shall be made of an object in the bucket of uploads.
public sealed interface TranscodeOrder {
  /// The object's name.
  String source();

  /// A clip, or a sound in its place: an adaptive stream, with pictures where it has any.
  ///
  /// @param coverAt the time of the poster; null for one that is chosen
  record Video(String source, @Nullable Duration coverAt) implements TranscodeOrder {}

  /// An image: the sizes of [MediaFiles#pictures].
  record Image(String source) implements TranscodeOrder {}

  /// A sound: an adaptive stream without a picture, whatever else the file holds.
  record Audio(String source) implements TranscodeOrder {}
}
