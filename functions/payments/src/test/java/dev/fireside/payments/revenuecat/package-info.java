/// Reading what RevenueCat sends.
@NullMarked
package dev.fireside.payments.revenuecat;

import org.jspecify.annotations.NullMarked;
