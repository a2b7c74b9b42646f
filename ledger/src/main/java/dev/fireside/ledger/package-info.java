/// The books that several functions write: journals in double entry, and the review cases that are
/// opened with them.
@NullMarked
package dev.fireside.ledger;

import org.jspecify.annotations.NullMarked;
