/// Videos: what their owners say of them, how far they are, and their posts.
@NullMarked
package dev.fireside.uploads.videos;

import org.jspecify.annotations.NullMarked;
