package dev.fireside.uploads.playback;

import dev.fireside.media.domain.Made;
import dev.fireside.media.domain.MediaFiles;
import dev.fireside.media.store.BucketStore;
import dev.fireside.shared.ids.Uid;
import dev.fireside.uploads.links.Links;
import dev.fireside.uploads.links.PlayTokens;
import dev.fireside.uploads.videos.CaptionFiles;
import dev.fireside.uploads.videos.WatchVideo;
import dev.fireside.uploads.videos.store.VideoStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Hands out the lists of a video to whoever may watch it: their lines lead to further lists, and
/// to signed addresses of the bytes.
final class StreamVideo {
  /// How long somebody may pause, beside the length of what they watch.
  private static final Duration PAUSE = Duration.ofHours(3);

  private static final Pattern LIST = Pattern.compile("[a-z0-9-]{1,40}\\.m3u8");

  private final WatchVideo watchVideo;
  private final BucketStore served;
  private final Links links;
  private final PlayTokens tokens;

  StreamVideo(WatchVideo watchVideo, BucketStore served, Links links, PlayTokens tokens) {
    this.watchVideo = watchVideo;
    this.served = served;
    this.links = links;
    this.tokens = tokens;
  }

  /// A list, as it is sent.
  ///
  /// @param isOpen whether it is the same for everybody
  record Sent(String contentType, String text, boolean isOpen) {}

  /// @param viewer who asks by a header; null where nobody is named
  /// @param token of the address; null for none
  Optional<Sent> stream(@Nullable Uid viewer, String id, String file, @Nullable String token) {
    Uid watching = viewer == null && token != null ? tokens.read(id, token).orElse(null) : viewer;
    return watchVideo.watch(watching, id).flatMap(entry -> sent(entry, file, token));
  }

  private Optional<Sent> sent(VideoStore.Entry entry, String file, @Nullable String token) {
    String id = entry.video().id();
    boolean isOpen = entry.video().isOut() && entry.video().details().visibility().isOpen();
    Made made = entry.made();
    Instant until = links.until(made.duration().plus(PAUSE));
    UnaryOperator<String> lists = name -> token == null ? name : name + "?token=" + token;
    UnaryOperator<String> bytes = name -> links.signed(MediaFiles.folder(id) + name, until);
    Optional<String> language = CaptionFiles.language(file);
    if (language.isPresent()) {
      return entry.video().captions().containsKey(language.get())
          ? read(id, file).map(text -> new Sent("text/vtt; charset=utf-8", text, isOpen))
          : Optional.empty();
    }
    if (file.equals(MediaFiles.MASTER)) {
      return read(id, file)
          .map(text -> Playlists.withCaptions(text, entry.video().captions()))
          .map(text -> hls(Playlists.hls(text, lists), isOpen));
    }
    if (file.equals(MediaFiles.MANIFEST)) {
      return read(id, file)
          .map(text -> new Sent("application/dash+xml", Playlists.dash(text, bytes), isOpen));
    }
    if (file.equals(MediaFiles.THUMBNAIL_TRACK)) {
      return read(id, file)
          .map(text ->
              new Sent("text/vtt; charset=utf-8", Playlists.thumbnails(text, bytes), isOpen));
    }
    for (String spoken : entry.video().captions().keySet()) {
      if (file.equals(Playlists.captionList(spoken))) {
        String address = lists.apply(CaptionFiles.name(spoken));
        return Optional.of(
            hls(Playlists.captions(address, made.duration().toMillis() / 1e3), isOpen));
      }
    }
    return LIST.matcher(file).matches()
        ? read(id, file).map(text -> hls(Playlists.hls(text, bytes), isOpen))
        : Optional.empty();
  }

  private static Sent hls(String text, boolean isOpen) {
    return new Sent("application/vnd.apple.mpegurl", text, isOpen);
  }

  private Optional<String> read(String id, String file) {
    return served
        .content(MediaFiles.folder(id) + file)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }
}
