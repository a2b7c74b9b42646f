/// Payments: what people buy and get, what it does to the books, and what creators are paid.
@NullMarked
package dev.fireside.payments;

import org.jspecify.annotations.NullMarked;
