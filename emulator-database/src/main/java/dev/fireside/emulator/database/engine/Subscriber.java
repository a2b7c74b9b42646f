package dev.fireside.emulator.database.engine;

import dev.fireside.emulator.database.auth.Identity;

/// Somebody who listens. Called on the database's writer: must not wait.
public interface Subscriber {
  /// As whom they listen, now.
  Identity who();

  /// Something changed of what they hold.
  void changed(Change change);

  /// They may not listen any more, and have been taken from the list.
  void revoked();
}
