/// A load for leaderboards: writes, the top, around me, my rank; against Fireside or a peer.
@NullMarked
package dev.fireside.benchmarks.leaderboards;

import org.jspecify.annotations.NullMarked;
