package dev.fireside.games.domain;

import dev.fireside.economy.domain.Bundle;

/// A step of a live event that brings a reward.
///
/// @param points needed to reach it, at least 1
public record Tier(long points, Bundle reward) {}
