/// Finds what webhooks lost, by reading the providers again; shows and proves the books.
@NullMarked
package dev.fireside.payments.reconciliation;

import org.jspecify.annotations.NullMarked;
