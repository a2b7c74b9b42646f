package dev.fireside.uploads.videos.domain;

import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A video: what its owner says of it, and what is known of how it is made.
///
/// @param cover the upload of a picture in the poster's place; null for the poster
/// @param captions labels by language
/// @param postId its post, an id of the time when it was published; null before
public record Video(
    Origin origin,
    VideoDetails details,
    @Nullable String cover,
    Map<String, String> captions,
    Making making,
    @Nullable String postId) {
  public static final int CAPTIONS_MAX = 40;

  public Video {
    captions = java.util.Collections.unmodifiableMap(new TreeMap<>(captions));
  }

  /// What never changes of a video.
  ///
  /// @param id a ULID
  /// @param uploadId what it is made of
  /// @param coverAt the time of its poster; null for one that is chosen
  public record Origin(
      String id, Uid owner, String uploadId, @Nullable Duration coverAt, Instant createdAt) {}

  /// How it is made.
  ///
  /// @param failure why it cannot be made; null unless it failed
  /// @param width of its picture; 0 before it is known, and without one
  /// @param height of its picture; 0 before it is known, and without one
  /// @param swept how often what was made of it has been removed
  public record Making(
      VideoState state, @Nullable VideoFailure failure, int width, int height, int swept) {}

  /// A video that begins.
  public static Video begun(Origin origin, VideoDetails details) {
    return new Video(
        origin, details, null, Map.of(), new Making(VideoState.PROCESSING, null, 0, 0, 0), null);
  }

  public String id() {
    return origin.id();
  }

  public Uid owner() {
    return origin.owner();
  }

  public VideoState state() {
    return making.state();
  }

  /// When it was published; null before.
  public @Nullable Instant publishedAt() {
    return postId == null ? null : Ids.instantOf(postId);
  }

  /// Whether it is to be published by now.
  public boolean isDue(Instant now) {
    Instant at = details.publishAt();
    return state() == VideoState.READY
        && postId == null
        && !details.draft()
        && (at == null || !at.isAfter(now));
  }

  /// Whether others may watch it at all: it can be played, and is published.
  public boolean isOut() {
    return state() == VideoState.READY && postId != null;
  }

  public Video withDetails(VideoDetails next) {
    return new Video(origin, next, cover, captions, making, postId);
  }

  public Video withCover(@Nullable String next) {
    return new Video(origin, details, next, captions, making, postId);
  }

  public Video withCaptions(Map<String, String> next) {
    return new Video(origin, details, cover, next, making, postId);
  }

  /// The same, published by a post.
  public Video published(String by) {
    return new Video(origin, details, cover, captions, making, by);
  }

  /// The same, with a picture of this size that can be played.
  public Video playable(int wide, int high) {
    return with(new Making(VideoState.READY, null, wide, high, making.swept()));
  }

  /// The same, which cannot be made.
  public Video failed(VideoFailure why) {
    return with(
        new Making(VideoState.FAILED, why, making.width(), making.height(), making.swept()));
  }

  /// The same, deleted.
  ///
  /// @param times how often what was made of it has been removed
  public Video deleted(int times) {
    return with(
        new Making(VideoState.DELETED, making.failure(), making.width(), making.height(), times));
  }

  private Video with(Making next) {
    return new Video(origin, details, cover, captions, next, postId);
  }
}
