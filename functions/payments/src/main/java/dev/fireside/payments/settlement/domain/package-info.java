/// What the settlement of stores comes to, as plain values.
@NullMarked
package dev.fireside.payments.settlement.domain;

import org.jspecify.annotations.NullMarked;
