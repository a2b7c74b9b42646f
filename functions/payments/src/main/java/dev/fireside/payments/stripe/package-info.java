/// What Stripe's webhooks bring, read into facts.
@NullMarked
package dev.fireside.payments.stripe;

import org.jspecify.annotations.NullMarked;
