package dev.fireside.chat.store;

import dev.fireside.shared.ids.Uid;
import java.util.Collection;
import java.util.Set;

/// Who is looking at the moment, and needs no notification.
@FunctionalInterface
public interface Attendance {
  /// Nobody is known to.
  Attendance NOBODY = _ -> Set.of();

  /// Those among people who are online.
  Set<Uid> online(Collection<Uid> people);
}
