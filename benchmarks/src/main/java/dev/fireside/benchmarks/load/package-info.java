/// Load over HTTP that takes little of the machine it shares with the server under it.
@NullMarked
package dev.fireside.benchmarks.load;

import org.jspecify.annotations.NullMarked;
