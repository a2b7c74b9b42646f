/// Firestore in plain words: documents, queries and transactions, each counted.
@NullMarked
package dev.fireside.shared.store;

import org.jspecify.annotations.NullMarked;
