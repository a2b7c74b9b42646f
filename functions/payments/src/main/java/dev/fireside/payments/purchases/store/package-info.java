/// How purchases, deliveries, customers, entitlements and receipts are kept.
@NullMarked
package dev.fireside.payments.purchases.store;

import org.jspecify.annotations.NullMarked;
