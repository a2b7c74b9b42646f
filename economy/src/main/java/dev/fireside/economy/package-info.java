/// What a player owns: inventory and wallet, as several functions must change them alike.
@NullMarked
package dev.fireside.economy;

import org.jspecify.annotations.NullMarked;
