/// Event functions: typed Firestore changes and Pub/Sub messages, delivered at least once.
@NullMarked
package dev.fireside.shared.events;

import org.jspecify.annotations.NullMarked;
