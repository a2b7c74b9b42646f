/// How creators' runs, statements and payouts are kept, and how Stripe is asked to pay them.
@NullMarked
package dev.fireside.payouts.store;

import org.jspecify.annotations.NullMarked;
