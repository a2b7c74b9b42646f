/// What a clip is, and what is to be made of it.
@NullMarked
package dev.fireside.transcoder.domain;

import org.jspecify.annotations.NullMarked;
