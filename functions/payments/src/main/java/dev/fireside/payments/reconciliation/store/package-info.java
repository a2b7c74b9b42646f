/// How far each provider was read again.
@NullMarked
package dev.fireside.payments.reconciliation.store;

import org.jspecify.annotations.NullMarked;
