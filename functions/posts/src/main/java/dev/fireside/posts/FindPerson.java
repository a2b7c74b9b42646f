package dev.fireside.posts;

import dev.fireside.posts.store.People;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.Entities;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds out who is meant by `me`, a uid or `@handle`.
final class FindPerson {
  private final People people;

  FindPerson(People people) {
    this.people = people;
  }

  /// Throws a 404 problem where nobody can be meant.
  Uid find(String raw, @Nullable Uid viewer) {
    if (raw.equals("me")) {
      if (viewer == null) {
        throw ProblemException.of(ProblemType.UNAUTHENTICATED, "Sign in to be `me`");
      }
      return viewer;
    }
    Optional<Uid> found =
        raw.startsWith("@")
            ? Entities.handle(raw).flatMap(people::byHandle)
            : Optional.of(raw).filter(Uid::isValid).map(Uid::new);
    return found.orElseThrow(() -> ProblemException.notFound("user"));
  }
}
