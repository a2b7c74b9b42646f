/// Settlement on the real local cloud.
package dev.fireside.leaderboards.settlement;
