/// Boards and players as this module changes them in Firestore and Redis.
@NullMarked
package dev.fireside.leaderboards.store;

import org.jspecify.annotations.NullMarked;
