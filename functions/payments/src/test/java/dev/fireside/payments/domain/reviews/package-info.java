@NullMarked
package dev.fireside.payments.domain.reviews;

import org.jspecify.annotations.NullMarked;
