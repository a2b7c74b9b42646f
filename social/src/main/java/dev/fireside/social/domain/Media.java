package dev.fireside.social.domain;

/// A picture or video of a post.
///
/// @param type `image` or `video`
/// @param url where it is served
/// @param width in pixels
/// @param height in pixels
public record Media(String type, String url, int width, int height) {}
