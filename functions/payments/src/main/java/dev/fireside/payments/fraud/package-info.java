/// Looks at purchases before they are granted, and at the cards they are paid with.
@NullMarked
package dev.fireside.payments.fraud;

import org.jspecify.annotations.NullMarked;
