/// Boards, scores and game sessions in Firestore and Redis.
@NullMarked
package dev.fireside.play.store;

import org.jspecify.annotations.NullMarked;
