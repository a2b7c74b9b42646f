/// The rules of leaderboards.
package dev.fireside.leaderboards.domain;
