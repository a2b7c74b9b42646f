/// Effects that crash at every step.
@NullMarked
package dev.fireside.payments.purchases;

import org.jspecify.annotations.NullMarked;
