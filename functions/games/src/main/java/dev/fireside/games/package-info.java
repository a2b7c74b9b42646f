/// Game sessions, inventory, wallet and live events.
@NullMarked
package dev.fireside.games;

import org.jspecify.annotations.NullMarked;
