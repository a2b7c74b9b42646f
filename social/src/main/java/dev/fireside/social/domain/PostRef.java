package dev.fireside.social.domain;

import dev.fireside.shared.ids.Uid;

/// A post that another one shows.
public record PostRef(String id, Uid author) {}
