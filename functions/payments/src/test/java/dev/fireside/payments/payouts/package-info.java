/// Payouts that crash at every step.
@NullMarked
package dev.fireside.payments.payouts;

import org.jspecify.annotations.NullMarked;
