/// Read-through cache over Redis whose entries carry the version of what they copy.
@NullMarked
package dev.fireside.shared.cache;

import org.jspecify.annotations.NullMarked;
