package dev.fireside.emulator.database.engine;

import dev.fireside.emulator.database.auth.Identity;
import dev.fireside.emulator.database.tree.Node;
import dev.fireside.emulator.database.tree.Path;
import dev.fireside.emulator.database.tree.Query;
import dev.fireside.emulator.database.tree.Write;

/// Says who may read and write what.
public interface Guard {
  /// Everybody may do everything.
  Guard OPEN =
      new Guard() {
        @Override
        public Verdict read(Identity who, Path path, Query query, Node root, long nowMillis) {
          return Verdict.ALLOWED;
        }

        @Override
        public boolean write(Identity who, Write write, Node before, Node after, long nowMillis) {
          return true;
        }
      };

  /// Whether somebody may read.
  Verdict read(Identity who, Path path, Query query, Node root, long nowMillis);

  /// Whether somebody may change data so.
  boolean write(Identity who, Write write, Node before, Node after, long nowMillis);

  /// What a guard says of a read.
  ///
  /// @param allowed whether it may be done
  /// @param indexed whether the rules name an index for the order that is asked for
  /// @param lasting whether no write can change that, only another caller or other rules
  record Verdict(boolean allowed, boolean indexed, boolean lasting) {
    static final Verdict ALLOWED = new Verdict(true, true, true);
  }
}
