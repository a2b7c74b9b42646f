/// A local Cloud Storage that Google's and Firebase's clients cannot tell from the real one.
@NullMarked
package dev.fireside.emulator.storage;

import org.jspecify.annotations.NullMarked;
