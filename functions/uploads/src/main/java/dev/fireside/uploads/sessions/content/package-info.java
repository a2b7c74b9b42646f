/// What bytes are, whatever anybody says of them.
@NullMarked
package dev.fireside.uploads.sessions.content;

import org.jspecify.annotations.NullMarked;
