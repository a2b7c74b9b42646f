package dev.fireside.uploads.videos.domain;

/// Why a video cannot be made, for its owner.
///
/// @param reason stable, such as `damaged`; those of refused uploads are among them
/// @param detail in words
public record VideoFailure(String reason, String detail) {}
