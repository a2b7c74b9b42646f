/// Rules of leaderboards: plain Java, no I/O.
@NullMarked
package dev.fireside.leaderboards.domain;

import org.jspecify.annotations.NullMarked;
