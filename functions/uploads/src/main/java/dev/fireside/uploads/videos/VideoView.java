package dev.fireside.uploads.videos;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A video as it is shown.
///
/// @param uploadId for its owner alone
/// @param progress how much has been made, 0 to 1
/// @param failure null unless it failed
/// @param durationMillis null before it is known
/// @param playback null before anything can be played
/// @param poster null before it is there, and without a picture
/// @param postId its post; null before it is published
/// @param urlsExpireAt until when the addresses hold, at least
record VideoView(
    String id,
    String owner,
    @Nullable String uploadId,
    String title,
    String description,
    List<String> tags,
    String visibility,
    @Nullable String sound,
    boolean draft,
    @Nullable Instant publishAt,
    boolean downloads,
    String state,
    double progress,
    @Nullable Failure failure,
    @Nullable Long durationMillis,
    @Nullable Integer width,
    @Nullable Integer height,
    List<Rendition> renditions,
    @Nullable Playback playback,
    @Nullable Pictures poster,
    @Nullable String preview,
    @Nullable String thumbnails,
    List<Captions> captions,
    @Nullable String postId,
    @Nullable Instant publishedAt,
    Instant urlsExpireAt,
    Instant createdAt) {
  record Failure(String reason, String detail) {}

  record Rendition(String name, int width, int height, String codecs, long bandwidth, long bytes) {}

  record Playback(String hls, String dash) {}

  record Pictures(String small, String medium, String large) {}

  record Captions(String language, String label, String url) {}
}
