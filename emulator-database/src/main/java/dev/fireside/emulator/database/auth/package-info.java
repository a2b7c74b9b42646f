/// Who calls: ID tokens as the local Auth server issues them, and the owner's.
@NullMarked
package dev.fireside.emulator.database.auth;

import org.jspecify.annotations.NullMarked;
