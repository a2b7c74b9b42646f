/// What changed at the top of boards, for those who watch: published every half minute at most.
@NullMarked
package dev.fireside.leaderboards.deltas;

import org.jspecify.annotations.NullMarked;
