package dev.fireside.presence;

import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.PoisonEventException;
import dev.fireside.shared.ids.Uid;
import java.util.List;

/// Documents about two people, named by both.
final class Pairs {
  private Pairs() {}

  /// The two, in the order of the name. Throws [PoisonEventException] for another name.
  static List<Uid> of(DocumentChange change) {
    List<String> pair = List.of(change.id().split(":", -1));
    if (pair.size() != 2 || !pair.stream().allMatch(Uid::isValid)) {
      throw new PoisonEventException(change.path() + " does not name two people");
    }
    return pair.stream().map(Uid::new).toList();
  }
}
