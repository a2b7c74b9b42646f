/// How long a new process takes to its first answer, beside the usual stack on Node.
@NullMarked
package dev.fireside.benchmarks.coldstart;

import org.jspecify.annotations.NullMarked;
