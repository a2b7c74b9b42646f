/// How settlements, and what waits for them, are kept.
@NullMarked
package dev.fireside.payments.settlement.store;

import org.jspecify.annotations.NullMarked;
