/// Effects that crash at every step.
@NullMarked
package dev.fireside.payments.effects;

import org.jspecify.annotations.NullMarked;
