@NullMarked
package dev.fireside.payments.vault.store;

import org.jspecify.annotations.NullMarked;
