package dev.fireside.presence.domain;

import java.time.Instant;

/// One connection of one device, as its client wrote it.
///
/// @param database the name of the database it is in
/// @param id its name there
/// @param away whether the client says that nobody is looking
/// @param at when it was last heard of
public record Connection(String database, String id, boolean away, Instant at) {}
