/// The REST interface, with streams.
@NullMarked
package dev.fireside.emulator.database.rest;

import org.jspecify.annotations.NullMarked;
