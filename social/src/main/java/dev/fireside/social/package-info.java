/// What several functions must see alike: people, posts, their relations, and who may see what.
@NullMarked
package dev.fireside.social;

import org.jspecify.annotations.NullMarked;
