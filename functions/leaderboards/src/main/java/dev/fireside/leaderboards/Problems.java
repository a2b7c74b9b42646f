package dev.fireside.leaderboards;

import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import java.util.List;

/// Refusals that several use cases share.
final class Problems {
  private Problems() {}

  static ProblemException noSuchBoard() {
    return ProblemException.notFound("board");
  }

  static ProblemException field(ProblemType type, String field, String message) {
    return ProblemException.invalid(type, List.of(new FieldError(field, message)));
  }

  static ProblemException conflict(Reason reason, String field, String message) {
    return ProblemException.conflict(reason, List.of(new FieldError(field, message)));
  }
}
