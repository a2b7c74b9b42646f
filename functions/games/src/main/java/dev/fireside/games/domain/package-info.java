/// The rules of game sessions, inventories and live events, without I/O.
@NullMarked
package dev.fireside.games.domain;

import org.jspecify.annotations.NullMarked;
