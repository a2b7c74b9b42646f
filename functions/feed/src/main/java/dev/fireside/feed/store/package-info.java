/// Timelines, outboxes and active followers in Redis; posts, follows and fan-outs in Firestore.
@NullMarked
package dev.fireside.feed.store;

import org.jspecify.annotations.NullMarked;
