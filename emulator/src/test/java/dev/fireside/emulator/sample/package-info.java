/// Small functions that the emulator's tests run.
@NullMarked
package dev.fireside.emulator.sample;

import org.jspecify.annotations.NullMarked;
