/// Asks the container image's process what it will be asked in production, while Java learns from
/// it.
@NullMarked
package dev.fireside.acceptance.training;

import org.jspecify.annotations.NullMarked;
