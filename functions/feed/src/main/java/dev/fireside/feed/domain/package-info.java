/// Slices of ordered posts, ranking, and when an author's posts are pushed or pulled.
@NullMarked
package dev.fireside.feed.domain;

import org.jspecify.annotations.NullMarked;
