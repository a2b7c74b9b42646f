package dev.fireside.play.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A score on its way to a board.
///
/// @param score in units of the board
/// @param country that the player says to be from; null for nothing said
/// @param key by which the same submission is known when it comes again
/// @param remembered until when it is known
public record Submission(
    FinalScore score, @Nullable String country, String key, Instant remembered) {}
