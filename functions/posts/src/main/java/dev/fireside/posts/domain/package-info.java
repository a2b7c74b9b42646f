/// The rules of posts, comments and totals, as plain Java.
@NullMarked
package dev.fireside.posts.domain;

import org.jspecify.annotations.NullMarked;
