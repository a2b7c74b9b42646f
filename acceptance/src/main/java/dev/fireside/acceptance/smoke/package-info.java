/// The walk through the product that `./scripts/dev --smoke` takes.
@NullMarked
package dev.fireside.acceptance.smoke;

import org.jspecify.annotations.NullMarked;
