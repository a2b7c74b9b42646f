/// The demo world that `./scripts/dev --seed` loads.
@NullMarked
package dev.fireside.acceptance.seed;

import org.jspecify.annotations.NullMarked;
