package dev.fireside.uploads.sessions.domain;

import java.util.Set;

/// What an upload is for.
public enum UploadKind {
  VIDEO(
      Set.of(
          "video/mp4",
          "video/quicktime",
          "video/webm",
          "video/x-matroska",
          "video/mp2t",
          "video/mpeg",
          "video/x-msvideo",
          "video/3gpp",
          "video/3gpp2",
          "video/x-flv",
          "video/ogg")),
  IMAGE(Set.of("image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/heic")),
  AVATAR(IMAGE.contentTypes),
  AUDIO(
      Set.of(
          "audio/mpeg",
          "audio/mp4",
          "audio/aac",
          "audio/ogg",
          "audio/opus",
          "audio/wav",
          "audio/flac",
          "audio/webm"));

  @SuppressWarnings("ImmutableEnumChecker") // A set by Set.of.
  private final Set<String> contentTypes;

  UploadKind(Set<String> contentTypes) {
    this.contentTypes = contentTypes;
  }

  /// The content types that it can have.
  public Set<String> contentTypes() {
    return contentTypes;
  }
}
