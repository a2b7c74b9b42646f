/// Cloud Storage in plain words: objects, resumable sessions, signed addresses.
@NullMarked
package dev.fireside.media.store;

import org.jspecify.annotations.NullMarked;
