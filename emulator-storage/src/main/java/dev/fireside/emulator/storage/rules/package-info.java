/// The language of `storage.rules`: who may do what with which object.
@NullMarked
package dev.fireside.emulator.storage.rules;

import org.jspecify.annotations.NullMarked;
