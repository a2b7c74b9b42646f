/// Signatures and strict reading.
@NullMarked
package dev.fireside.payments.webhooks;

import org.jspecify.annotations.NullMarked;
