/// What RevenueCat reports: its webhook, and its REST interface for what the webhook lost.
@NullMarked
package dev.fireside.payments.revenuecat;

import org.jspecify.annotations.NullMarked;
