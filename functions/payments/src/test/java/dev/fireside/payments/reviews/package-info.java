/// Tests of decisions and what follows them.
@NullMarked
package dev.fireside.payments.reviews;

import org.jspecify.annotations.NullMarked;
