package dev.fireside.play.domain;

import org.jspecify.annotations.Nullable;

/// A row and its rank at the moment of reading.
///
/// @param rank from 1, in the list that was asked for
/// @param globalRank from 1, among all players; null where the list is that of all players, or was
///   not asked for it
public record Ranked(Row row, long rank, @Nullable Long globalRank) {}
