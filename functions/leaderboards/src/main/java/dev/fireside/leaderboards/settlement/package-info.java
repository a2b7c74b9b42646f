/// Settlement: periods that have ended are closed, frozen and rewarded, each once.
@NullMarked
package dev.fireside.leaderboards.settlement;

import org.jspecify.annotations.NullMarked;
