/// Reads people, posts and relations: Redis first, Firestore where it does not know.
@NullMarked
package dev.fireside.social.store;

import org.jspecify.annotations.NullMarked;
