/// What is counted and known of buyers, devices and cards.
@NullMarked
package dev.fireside.payments.fraud.store;

import org.jspecify.annotations.NullMarked;
