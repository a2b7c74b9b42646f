/// Calls to Stripe, each made once.
@NullMarked
package dev.fireside.stripe.store;

import org.jspecify.annotations.NullMarked;
