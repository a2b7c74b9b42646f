package dev.fireside.emulator.events;

/// An event that was given up.
///
/// @param id the event's id
/// @param about what it is about
/// @param attempts how often it was delivered
/// @param lastFailure why the last delivery failed
public record DeadLetter(String id, String about, int attempts, String lastFailure) {}
