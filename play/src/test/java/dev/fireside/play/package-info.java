/// Boards, scores and ranks under test.
@NullMarked
package dev.fireside.play;

import org.jspecify.annotations.NullMarked;
