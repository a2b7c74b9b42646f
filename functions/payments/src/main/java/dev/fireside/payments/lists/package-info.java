/// What the lists of payments have in common.
@NullMarked
package dev.fireside.payments.lists;

import org.jspecify.annotations.NullMarked;
