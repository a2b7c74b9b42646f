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
/// @param id a ULID
/// @param uploadId what it is made of
/// @param coverAt the time of its poster; null for one that is chosen
/// @param cover the upload of a picture in the poster's place; null for the poster
/// @param captions labels by language
/// @param failure why it cannot be made; null unless it failed
/// @param width of its picture; 0 before it is known, and without one
/// @param height of its picture; 0 before it is known, and without one
/// @param postId its post, an id of the time when it was published; null before
/// @param swept how often what was made of it has been removed
public record Video(
    String id,
    Uid owner,
    String uploadId,
    VideoDetails details,
    @Nullable Duration coverAt,
    @Nullable String cover,
    Map<String, String> captions,
    VideoState state,
    @Nullable VideoFailure failure,
    int width,
    int height,
    @Nullable String postId,
    int swept,
    Instant createdAt) {
  public static final int CAPTIONS_MAX = 40;

  public Video {
    captions = java.util.Collections.unmodifiableMap(new TreeMap<>(captions));
  }

  /// A video that begins.
  public static Video begun(
      String id,
      Uid owner,
      String uploadId,
      VideoDetails details,
      @Nullable Duration coverAt,
      Instant createdAt) {
    return new Video(
        id,
        owner,
        uploadId,
        details,
        coverAt,
        null,
        Map.of(),
        VideoState.PROCESSING,
        null,
        0,
        0,
        null,
        0,
        createdAt);
  }

  /// When it was published; null before.
  public @Nullable Instant publishedAt() {
    return postId == null ? null : Ids.instantOf(postId);
  }

  /// Whether it is to be published by now.
  public boolean isDue(Instant now) {
    Instant at = details.publishAt();
    return state == VideoState.READY
        && postId == null
        && !details.draft()
        && (at == null || !at.isAfter(now));
  }

  /// Whether others may watch it at all: it can be played, and is published.
  public boolean isOut() {
    return state == VideoState.READY && postId != null;
  }

  public Video withDetails(VideoDetails next) {
    return new Video(
        id, owner, uploadId, next, coverAt, cover, captions, state, failure, width, height, postId,
        swept, createdAt);
  }

  public Video withCover(@Nullable String next) {
    return new Video(
        id, owner, uploadId, details, coverAt, next, captions, state, failure, width, height,
        postId, swept, createdAt);
  }

  public Video withCaptions(Map<String, String> next) {
    return new Video(
        id, owner, uploadId, details, coverAt, cover, next, state, failure, width, height, postId,
        swept, createdAt);
  }

  /// The same, published by a post.
  public Video published(String by) {
    return new Video(
        id, owner, uploadId, details, coverAt, cover, captions, state, failure, width, height, by,
        swept, createdAt);
  }

  /// The same, with a picture of this size that can be played.
  public Video playable(int wide, int high) {
    return new Video(
        id,
        owner,
        uploadId,
        details,
        coverAt,
        cover,
        captions,
        VideoState.READY,
        null,
        wide,
        high,
        postId,
        swept,
        createdAt);
  }

  /// The same, which cannot be made.
  public Video failed(VideoFailure why) {
    return new Video(
        id,
        owner,
        uploadId,
        details,
        coverAt,
        cover,
        captions,
        VideoState.FAILED,
        why,
        width,
        height,
        postId,
        swept,
        createdAt);
  }

  /// The same, deleted.
  ///
  /// @param times how often what was made of it has been removed
  public Video deleted(int times) {
    return new Video(
        id,
        owner,
        uploadId,
        details,
        coverAt,
        cover,
        captions,
        VideoState.DELETED,
        failure,
        width,
        height,
        postId,
        times,
        createdAt);
  }
}
