package dev.fireside.play.domain;

import dev.fireside.shared.ids.Uid;
import org.jspecify.annotations.Nullable;

/// A player's place in a ranking, without its number.
///
/// @param score in units of the board
/// @param subscore in units of the board
/// @param at when the run was submitted, in microseconds since 1970
/// @param metadata a JSON object; null for none
/// @param country ISO 3166-1 alpha-2 code; null for none
public record Row(
    Uid uid,
    long score,
    long subscore,
    long at,
    @Nullable String metadata,
    @Nullable String country) {}
