package dev.fireside.play.domain;

import org.jspecify.annotations.Nullable;

/// What a session was finished with.
///
/// @param score in units of the board
/// @param subscore in units of the board
/// @param metadata a JSON object; null for none
public record FinalScore(long score, long subscore, @Nullable String metadata) {}
