/// Live events: joined by players, who gather points and claim the rewards of the tiers they reach.
@NullMarked
package dev.fireside.games.events;

import org.jspecify.annotations.NullMarked;
