package dev.fireside.transcoder;

import dev.fireside.media.domain.TranscodeFailure;
import org.jspecify.annotations.Nullable;

/// Nothing can be made of what was sent, however often it is tried.
final class ClipException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final TranscodeFailure failure;
  private final @Nullable String detail;

  ClipException(TranscodeFailure failure, @Nullable String detail) {
    super(failure + (detail == null ? "" : ": " + detail));
    this.failure = failure;
    this.detail = detail;
  }

  TranscodeFailure failure() {
    return failure;
  }

  @Nullable String detail() {
    return detail;
  }
}
