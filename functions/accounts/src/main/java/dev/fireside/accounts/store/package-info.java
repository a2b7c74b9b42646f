/// The documents of people and of how they stand to each other.
@NullMarked
package dev.fireside.accounts.store;

import org.jspecify.annotations.NullMarked;
