package dev.fireside.posts;

import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import java.util.List;

/// Refusals that several use cases share.
final class Problems {
  private Problems() {}

  static ProblemException noSuchPost() {
    return ProblemException.notFound("post");
  }

  static ProblemException noSuchComment() {
    return ProblemException.notFound("comment");
  }

  static ProblemException noProfile() {
    return ProblemException.conflict(
        Reason.NO_PROFILE, "You have no profile yet: create one with POST /api/users");
  }

  static ProblemException notYours() {
    return ProblemException.of(ProblemType.FORBIDDEN, "This is somebody else's");
  }

  static ProblemException field(ProblemType type, String field, String message) {
    return ProblemException.invalid(type, List.of(new FieldError(field, message)));
  }
}
