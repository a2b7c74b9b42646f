/// Schedules: fired by the clock or by hand.
@NullMarked
package dev.fireside.emulator.schedule;

import org.jspecify.annotations.NullMarked;
