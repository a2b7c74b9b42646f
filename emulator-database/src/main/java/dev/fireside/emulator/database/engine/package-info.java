/// A database: one writer, those who listen, and what is kept of it.
@NullMarked
package dev.fireside.emulator.database.engine;

import org.jspecify.annotations.NullMarked;
