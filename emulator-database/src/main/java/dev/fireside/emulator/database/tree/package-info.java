/// The data of one Realtime Database: an immutable tree whose versions share what did not change,
/// its JSON, its order and its hash as the SDKs know them, writes, and what a write means to a
/// listener.
@NullMarked
package dev.fireside.emulator.database.tree;

import org.jspecify.annotations.NullMarked;
