/// What is made of uploads, as several functions must see it alike.
@NullMarked
package dev.fireside.media.domain;

import org.jspecify.annotations.NullMarked;
