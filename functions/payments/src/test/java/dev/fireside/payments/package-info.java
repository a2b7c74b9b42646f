/// Payments against the real local cloud.
@NullMarked
package dev.fireside.payments;

import org.jspecify.annotations.NullMarked;
