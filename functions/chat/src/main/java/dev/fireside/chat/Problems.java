package dev.fireside.chat;

import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import java.util.List;

/// Refusals that several use cases share.
final class Problems {
  private Problems() {}

  static ProblemException noSuchChat() {
    return ProblemException.notFound("chat");
  }

  static ProblemException noSuchMessage() {
    return ProblemException.notFound("message");
  }

  static ProblemException noProfile() {
    return ProblemException.conflict(
        Reason.NO_PROFILE, "You have no profile yet: create one with POST /api/users");
  }

  static ProblemException notYours() {
    return ProblemException.of(ProblemType.FORBIDDEN, "This is somebody else's");
  }

  static ProblemException notAllowed() {
    return ProblemException.of(ProblemType.FORBIDDEN, "Your role in this group does not allow it");
  }

  static ProblemException tooMany(String detail) {
    return ProblemException.conflict(Reason.TOO_MANY, detail);
  }

  static ProblemException field(ProblemType type, String field, String message) {
    return ProblemException.invalid(type, List.of(new FieldError(field, message)));
  }
}
