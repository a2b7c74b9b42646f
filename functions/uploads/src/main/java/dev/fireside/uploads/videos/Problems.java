package dev.fireside.uploads.videos;

import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import java.util.List;

/// Refusals that several use cases share.
public final class Problems {
  private Problems() {}

  /// There is no such video, or the caller may not know of it.
  public static ProblemException noSuchVideo() {
    return ProblemException.notFound("video");
  }

  static ProblemException field(ProblemType type, String field, String message) {
    return ProblemException.invalid(type, List.of(new FieldError(field, message)));
  }
}
