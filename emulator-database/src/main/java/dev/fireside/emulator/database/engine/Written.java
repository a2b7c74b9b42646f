package dev.fireside.emulator.database.engine;

import dev.fireside.emulator.database.auth.Identity;
import dev.fireside.emulator.database.tree.Node;
import dev.fireside.emulator.database.tree.Write;
import java.time.Instant;

/// A write that was done, for those who watch a database.
///
/// @param namespace the database's name
/// @param write what was written, with server values resolved; where nothing changed too
/// @param before all data before
/// @param after all data after
/// @param who wrote
/// @param time when
public record Written(
    String namespace, Write write, Node before, Node after, Identity who, Instant time) {}
