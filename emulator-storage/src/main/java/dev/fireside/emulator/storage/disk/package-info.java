/// Objects and uploads on disk: streamed, checked, and there again after a restart.
@NullMarked
package dev.fireside.emulator.storage.disk;

import org.jspecify.annotations.NullMarked;
