@NullMarked
package dev.fireside.payments.domain.payouts;

import org.jspecify.annotations.NullMarked;
