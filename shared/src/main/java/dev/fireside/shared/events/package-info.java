/// Event functions: typed changes of Firestore and the Realtime Database, deleted accounts, and
/// Pub/Sub messages, delivered at least once.
@NullMarked
package dev.fireside.shared.events;

import org.jspecify.annotations.NullMarked;
