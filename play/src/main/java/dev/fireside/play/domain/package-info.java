/// The rules of boards, scores and game sessions, without I/O.
@NullMarked
package dev.fireside.play.domain;

import org.jspecify.annotations.NullMarked;
