/// The review queue: people decide what rules only doubt.
@NullMarked
package dev.fireside.payments.reviews;

import org.jspecify.annotations.NullMarked;
