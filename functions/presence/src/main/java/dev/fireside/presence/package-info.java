/// Who is online, what they do, and who is typing.
@NullMarked
package dev.fireside.presence;

import org.jspecify.annotations.NullMarked;
