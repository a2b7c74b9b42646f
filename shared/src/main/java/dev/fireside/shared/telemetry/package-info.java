/// What a process reports about itself: JSON logs with trace ids, and metrics.
@NullMarked
package dev.fireside.shared.telemetry;

import org.jspecify.annotations.NullMarked;
