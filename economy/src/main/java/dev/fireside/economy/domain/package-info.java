/// The rules of what a player owns: assets, the catalogue, operations on a holding. No I/O.
@NullMarked
package dev.fireside.economy.domain;

import org.jspecify.annotations.NullMarked;
