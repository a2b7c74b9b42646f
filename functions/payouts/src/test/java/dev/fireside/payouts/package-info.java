/// Payouts, paid by real functions on real stores, and at a stand-in of Stripe.
@NullMarked
package dev.fireside.payouts;

import org.jspecify.annotations.NullMarked;
