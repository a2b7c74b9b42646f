/// Removes what deleted people and deleted events leave behind.
@NullMarked
package dev.fireside.games.purge;

import org.jspecify.annotations.NullMarked;
