/// The protocol of Firebase's client SDKs, where rules decide.
@NullMarked
package dev.fireside.emulator.storage.firebase;

import org.jspecify.annotations.NullMarked;
