/// The security rules of a Realtime Database, `database.rules.json`: read with every mistake named
/// by its line and column, and evaluated without ever running JavaScript.
@NullMarked
package dev.fireside.emulator.database.rules;

import org.jspecify.annotations.NullMarked;
