/// Measurements against peers, one command each.
@NullMarked
package dev.fireside.benchmarks;

import org.jspecify.annotations.NullMarked;
