/// Lists that are read part by part.
@NullMarked
package dev.fireside.shared.lists;

import org.jspecify.annotations.NullMarked;
