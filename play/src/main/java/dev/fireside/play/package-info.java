/// Boards, scores and game sessions, as several functions must see them alike.
@NullMarked
package dev.fireside.play;

import org.jspecify.annotations.NullMarked;
