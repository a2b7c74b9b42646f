/// The real child processes of the local cloud: Redis, Google's Firestore and Pub/Sub emulators,
/// and what finds, starts and ends them.
@NullMarked
package dev.fireside.emulator.process;

import org.jspecify.annotations.NullMarked;
