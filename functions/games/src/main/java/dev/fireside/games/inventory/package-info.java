/// Inventory and wallet: what players own, use up, wear and hand to each other; the catalogue.
@NullMarked
package dev.fireside.games.inventory;

import org.jspecify.annotations.NullMarked;
