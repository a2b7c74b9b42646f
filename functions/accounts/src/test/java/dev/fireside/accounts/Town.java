package dev.fireside.accounts;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.store.RelationReader;
import dev.fireside.social.testing.Crowd;

/// People for tests: some move in through the API, some are written as documents.
final class Town extends Crowd {
  Town(FiresideExtension fireside) {
    super(fireside);
  }

  long count(String uid, String name) {
    return document("users/" + uid).fields().map("counts").number(name);
  }

  /// How people stand to each other, by Redis.
  RelationReader relations() {
    return new RelationReader(fireside.platform());
  }

  boolean follows(String from, String to) {
    return relations().get(new Uid(from), new Uid(to)).follows();
  }

  boolean blocked(String from, String to) {
    return relations().get(new Uid(from), new Uid(to)).blocked();
  }
}
