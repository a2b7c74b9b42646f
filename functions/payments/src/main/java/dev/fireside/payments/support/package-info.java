/// What support asks: whose a purchase is, why something is missing, and the money back.
@NullMarked
package dev.fireside.payments.support;

import org.jspecify.annotations.NullMarked;
