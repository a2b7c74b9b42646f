package dev.fireside.feed;

import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.PoisonEventException;
import dev.fireside.shared.ids.Uid;

/// The two people that a document's name holds.
record Pair(Uid first, Uid second) {
  static Pair of(DocumentChange change) {
    String[] uids = change.id().split(":", -1);
    if (uids.length != 2 || !Uid.isValid(uids[0]) || !Uid.isValid(uids[1])) {
      throw new PoisonEventException("The document's name does not hold two people");
    }
    return new Pair(new Uid(uids[0]), new Uid(uids[1]));
  }
}
