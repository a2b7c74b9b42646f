/// Posts, comments and reactions: the entry points, and one class for each thing that can be done.
@NullMarked
package dev.fireside.posts;

import org.jspecify.annotations.NullMarked;
