/// What Stripe tells and is asked: webhooks of both endpoints, checkout and the customer portal.
@NullMarked
package dev.fireside.payments.stripe;

import org.jspecify.annotations.NullMarked;
