/// Purchases: the one transaction in which facts take effect, and what people see of it.
@NullMarked
package dev.fireside.payments.purchases;

import org.jspecify.annotations.NullMarked;
