/// Posts, comments, reactions and their totals in Firestore, and who may see them from Redis.
@NullMarked
package dev.fireside.posts.store;

import org.jspecify.annotations.NullMarked;
