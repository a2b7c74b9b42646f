/// What the protocols share of the network.
@NullMarked
package dev.fireside.emulator.database.net;

import org.jspecify.annotations.NullMarked;
