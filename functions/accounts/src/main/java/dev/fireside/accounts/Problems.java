package dev.fireside.accounts;

import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Reason;
import java.util.List;

/// Refusals that several use cases share.
final class Problems {
  private Problems() {}

  static ProblemException handleTaken() {
    return ProblemException.conflict(
        Reason.HANDLE_TAKEN, List.of(new FieldError("handle", "is taken")));
  }

  static ProblemException noSuchUser() {
    return ProblemException.notFound("user");
  }

  static ProblemException onSelf(String verb) {
    return ProblemException.conflict(Reason.YOURSELF, "You cannot " + verb + " yourself");
  }
}
