/// Inventories, their history and the catalogue in Firestore, and what Redis keeps of them.
@NullMarked
package dev.fireside.economy.store;

import org.jspecify.annotations.NullMarked;
