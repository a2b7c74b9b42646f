/// What all providers' webhooks have in common: signatures over raw bytes, strict reading, and the
/// answer once a delivery has taken effect.
@NullMarked
package dev.fireside.payments.webhooks;

import org.jspecify.annotations.NullMarked;
