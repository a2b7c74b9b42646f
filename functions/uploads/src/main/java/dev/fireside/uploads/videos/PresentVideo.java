package dev.fireside.uploads.videos;

import dev.fireside.media.domain.Made;
import dev.fireside.media.domain.MediaFiles;
import dev.fireside.media.domain.Transcode;
import dev.fireside.media.domain.TranscodeState;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.uploads.links.Links;
import dev.fireside.uploads.links.PlayTokens;
import dev.fireside.uploads.videos.domain.Video;
import dev.fireside.uploads.videos.domain.VideoDetails;
import dev.fireside.uploads.videos.store.VideoStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shows videos, with addresses that hold for a while.
final class PresentVideo {
  /// How long what is shown beside a list of posts is needed.
  private static final Duration LIFE = Duration.ofHours(3);

  private final Links links;
  private final PlayTokens tokens;

  PresentVideo(Links links, PlayTokens tokens) {
    this.links = links;
    this.tokens = tokens;
  }

  /// @param viewer somebody who may watch it; null for anonymous viewers
  VideoView present(@Nullable Uid viewer, VideoStore.Entry entry) {
    Video video = entry.video();
    VideoDetails details = video.details();
    Made made = entry.made();
    Instant until = links.until(LIFE);
    boolean isStream = made.isPlayable();
    return new VideoView(
        video.id(),
        video.owner().value(),
        video.owner().equals(viewer) ? video.origin().uploadId() : null,
        details.title(),
        details.description(),
        details.tags(),
        WireNames.of(details.visibility()),
        details.sound(),
        details.draft(),
        details.publishAt(),
        details.downloads(),
        WireNames.of(video.state()),
        progress(entry.transcode()),
        video.making().failure() == null
            ? null
            : new VideoView.Failure(
                video.making().failure().reason(), video.making().failure().detail()),
        isStream ? made.duration().toMillis() : null,
        isStream ? made.width() : null,
        isStream ? made.height() : null,
        renditions(made),
        isStream ? playback(viewer, video) : null,
        poster(video, made, until),
        file(video.id(), made, MediaFiles.PREVIEW, until),
        made.has("thumbnails.vtt") ? stream(video, "thumbnails.vtt", token(viewer, video)) : null,
        captions(viewer, video),
        video.postId(),
        video.publishedAt(),
        until,
        video.origin().createdAt());
  }

  private static double progress(@Nullable Transcode transcode) {
    return switch (transcode == null ? null : transcode.state()) {
      case TranscodeState.Running running -> running.progress();
      // Nothing more comes.
      case TranscodeState.Done _, TranscodeState.Failed _ -> 1;
      case TranscodeState.Queued _ -> 0;
      case null -> 0;
    };
  }

  private static List<VideoView.Rendition> renditions(Made made) {
    return made.renditions().stream()
        .map(it ->
            new VideoView.Rendition(
                it.name(), it.width(), it.height(), it.codecs(), it.bandwidth(), it.bytes()))
        .toList();
  }

  private VideoView.Playback playback(@Nullable Uid viewer, Video video) {
    String token = token(viewer, video);
    return new VideoView.Playback(
        stream(video, MediaFiles.MASTER, token), stream(video, MediaFiles.MANIFEST, token));
  }

  private List<VideoView.Captions> captions(@Nullable Uid viewer, Video video) {
    String token = token(viewer, video);
    return video.captions().entrySet().stream()
        .map(it ->
            new VideoView.Captions(
                it.getKey(), it.getValue(), stream(video, CaptionFiles.name(it.getKey()), token)))
        .toList();
  }

  /// What all may watch is the same for all, and needs no token, once it is out.
  private @Nullable String token(@Nullable Uid viewer, Video video) {
    boolean isOpen = video.details().visibility().isOpen() && video.isOut();
    return viewer == null || isOpen ? null : tokens.issue(video.id(), viewer);
  }

  private String stream(Video video, String file, @Nullable String token) {
    return links.base()
        + "/api/videos/"
        + video.id()
        + "/stream/"
        + file
        + (token == null ? "" : "?token=" + token);
  }

  private VideoView.@Nullable Pictures poster(Video video, Made made, Instant until) {
    String from = video.cover() == null ? video.id() : video.cover();
    boolean isThere = video.cover() != null || made.files().containsAll(MediaFiles.pictures());
    return isThere
        ? new VideoView.Pictures(
            picture(from, MediaFiles.Size.SMALL, until),
            picture(from, MediaFiles.Size.MEDIUM, until),
            picture(from, MediaFiles.Size.LARGE, until))
        : null;
  }

  private String picture(String id, MediaFiles.Size size, Instant until) {
    return links.signed(MediaFiles.folder(id) + MediaFiles.picture(size, "webp"), until);
  }

  private @Nullable String file(String id, Made made, String file, Instant until) {
    return made.has(file) ? links.signed(MediaFiles.folder(id) + file, until) : null;
  }
}
