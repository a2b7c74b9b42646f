/// A local Realtime Database that the official SDKs cannot tell from Google's: WebSocket protocol 5
/// and REST, for any number of databases.
@NullMarked
package dev.fireside.emulator.database;

import org.jspecify.annotations.NullMarked;
