/// Products: what can be bought, and what it gives.
@NullMarked
package dev.fireside.payments.catalogue;

import org.jspecify.annotations.NullMarked;
