/// What stores keep, change and pay out of what they owe us.
@NullMarked
package dev.fireside.payments.settlement;

import org.jspecify.annotations.NullMarked;
