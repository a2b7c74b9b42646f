/// Orders and Stripe's customers, and the calls by which people buy there.
@NullMarked
package dev.fireside.payments.checkout.store;

import org.jspecify.annotations.NullMarked;
