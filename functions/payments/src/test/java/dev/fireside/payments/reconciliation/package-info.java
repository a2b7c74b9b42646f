/// Reading what RevenueCat sends.
@NullMarked
package dev.fireside.payments.reconciliation;

import org.jspecify.annotations.NullMarked;
