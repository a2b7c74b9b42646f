/// The process that serves functions: one in production, all of them in the emulator.
@NullMarked
package dev.fireside.runtime;

import org.jspecify.annotations.NullMarked;
