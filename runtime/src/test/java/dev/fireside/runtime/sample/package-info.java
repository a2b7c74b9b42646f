/// Small functions that the runtime's tests serve.
@NullMarked
package dev.fireside.runtime.sample;

import org.jspecify.annotations.NullMarked;
