/// RevenueCat's interface.
@NullMarked
package dev.fireside.payments.revenuecat.store;

import org.jspecify.annotations.NullMarked;
