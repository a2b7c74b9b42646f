/// The XML API of Cloud Storage: signed URLs and POST policies.
@NullMarked
package dev.fireside.emulator.storage.xml;

import org.jspecify.annotations.NullMarked;
