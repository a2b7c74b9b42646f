/// What creators earn: runs, statements, and transfers that are sent once.
@NullMarked
package dev.fireside.payouts;

import org.jspecify.annotations.NullMarked;
