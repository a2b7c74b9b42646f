package dev.fireside.uploads.sessions.domain;

/// What is known of the bytes of an accepted upload.
///
/// @param generation the version of the object that was looked at; no other is used
/// @param contentType what the bytes are, whatever was declared
/// @param width of a picture in pixels; 0 for other kinds
/// @param height of a picture in pixels; 0 for other kinds
public record Checked(long generation, String contentType, int width, int height) {}
