/// The WebSocket protocol of the SDKs, version 5.
@NullMarked
package dev.fireside.emulator.database.wire;

import org.jspecify.annotations.NullMarked;
