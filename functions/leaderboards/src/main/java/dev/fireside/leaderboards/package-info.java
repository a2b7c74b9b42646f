/// Boards, scores, ranks, periods and their rewards.
@NullMarked
package dev.fireside.leaderboards;

import org.jspecify.annotations.NullMarked;
