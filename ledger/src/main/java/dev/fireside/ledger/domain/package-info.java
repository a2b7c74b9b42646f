/// The rules of the books: accounts, journals, chains and their proof; what counts as money.
@NullMarked
package dev.fireside.ledger.domain;

import org.jspecify.annotations.NullMarked;
