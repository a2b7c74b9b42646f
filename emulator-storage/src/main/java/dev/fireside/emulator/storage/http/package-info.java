/// Requests and answers, whichever of the three interfaces they belong to.
@NullMarked
package dev.fireside.emulator.storage.http;

import org.jspecify.annotations.NullMarked;
