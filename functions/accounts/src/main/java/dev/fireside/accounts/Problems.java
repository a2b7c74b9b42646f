package dev.fireside.accounts;

import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import java.util.List;

/// Refusals that several use cases share.
final class Problems {
  private Problems() {}

  static ProblemException handleTaken() {
    return ProblemException.invalid(
        ProblemType.CONFLICT, List.of(new FieldError("handle", "is taken")));
  }

  static ProblemException noSuchUser() {
    return ProblemException.notFound("user");
  }

  static ProblemException onSelf(String verb) {
    return ProblemException.of(ProblemType.CONFLICT, "You cannot " + verb + " yourself");
  }
}
