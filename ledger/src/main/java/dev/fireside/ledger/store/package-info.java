/// How journals, balances and new review cases are kept in Firestore.
@NullMarked
package dev.fireside.ledger.store;

import org.jspecify.annotations.NullMarked;
