/// Game sessions, inventories and live events in Firestore and Redis.
@NullMarked
package dev.fireside.games.store;

import org.jspecify.annotations.NullMarked;
