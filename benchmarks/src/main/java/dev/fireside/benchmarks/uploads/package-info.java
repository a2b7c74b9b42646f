/// What uploads cost: the local Cloud Storage beside plain writes to the same disk.
@NullMarked
package dev.fireside.benchmarks.uploads;

import org.jspecify.annotations.NullMarked;
