/// Events on their way to functions: put into production's shape, queued, retried, and disturbed on
/// request.
@NullMarked
package dev.fireside.emulator.events;

import org.jspecify.annotations.NullMarked;
