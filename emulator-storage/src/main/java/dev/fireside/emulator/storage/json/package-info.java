/// The JSON API of Cloud Storage.
@NullMarked
package dev.fireside.emulator.storage.json;

import org.jspecify.annotations.NullMarked;
