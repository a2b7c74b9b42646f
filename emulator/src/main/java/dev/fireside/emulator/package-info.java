/// The whole cloud on a laptop: real triggers, real Redis, every function, one process.
@NullMarked
package dev.fireside.emulator;

import org.jspecify.annotations.NullMarked;
