/// Buying through Stripe: checkouts, the customer portal, subscriptions as they are there.
@NullMarked
package dev.fireside.payments.checkout;

import org.jspecify.annotations.NullMarked;
