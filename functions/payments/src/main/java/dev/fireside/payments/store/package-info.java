/// How payments keep their documents, and the only place that knows Firestore, Stripe and Tink.
@NullMarked
package dev.fireside.payments.store;

import org.jspecify.annotations.NullMarked;
