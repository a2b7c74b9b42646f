package dev.fireside.media.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far the making has come.
public sealed interface TranscodeState {
  /// What has been made so far.
  Made made();

  /// Nobody works on it: not yet, or not any more after an attempt that failed.
  record Queued(Made made) implements TranscodeState {}

  /// Somebody works on it.
  ///
  /// @param holder who does
  /// @param until when the lease ends unless it is renewed
  /// @param progress 0 to 1
  record Running(String holder, Instant until, double progress, Made made)
      implements TranscodeState {}

  /// All was made.
  record Done(Made made) implements TranscodeState {}

  /// It cannot be done, and is not tried again.
  ///
  /// @param detail for ours, such as the last words of ffmpeg; null for none
  record Failed(TranscodeFailure failure, @Nullable String detail, Made made)
      implements TranscodeState {}
}
