@NullMarked
package dev.fireside.payments.store;

import org.jspecify.annotations.NullMarked;
