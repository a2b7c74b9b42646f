/// Chats in Firestore, and their live copies in the Realtime Database.
@NullMarked
package dev.fireside.chat.store;

import org.jspecify.annotations.NullMarked;
