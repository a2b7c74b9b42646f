package dev.fireside.games.events;

import dev.fireside.games.domain.LiveEvent;
import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Refusals that several use cases share.
final class Problems {
  private Problems() {}

  static ProblemException noSuchEvent() {
    return ProblemException.notFound("event");
  }

  static ProblemException conflict(Reason reason, String field, String message) {
    return ProblemException.conflict(reason, List.of(new FieldError(field, message)));
  }

  static ProblemException field(ProblemType type, String field, String message) {
    return ProblemException.invalid(type, List.of(new FieldError(field, message)));
  }

  static ProblemException notJoined() {
    return ProblemException.conflict(
        Reason.NOT_JOINED, "Join the event first: POST /api/events/{id}/join");
  }

  /// The event, if players can see it.
  static LiveEvent visible(@Nullable LiveEvent event) {
    if (event == null || !event.published()) {
      throw noSuchEvent();
    }
    return event;
  }
}
