/// Where presence is kept: Firestore, Redis and the Realtime Database.
@NullMarked
package dev.fireside.presence.store;

import org.jspecify.annotations.NullMarked;
