@NullMarked
package dev.fireside.payments.reviews.domain;

import org.jspecify.annotations.NullMarked;
