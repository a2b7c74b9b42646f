package dev.fireside.uploads.playback;

import dev.fireside.media.domain.Made;
import dev.fireside.media.domain.MediaFiles;
import dev.fireside.shared.text.CodePoints;
import dev.fireside.uploads.links.Links;
import dev.fireside.uploads.videos.Problems;
import dev.fireside.uploads.videos.WatchVideo;
import dev.fireside.uploads.videos.domain.VideoDetails;
import dev.fireside.uploads.videos.store.VideoStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// The page that crawlers read to show a link to a video (<https://ogp.me>). Only what anybody may
/// watch has one.
final class ShareVideo {
  /// How long those who show links keep pictures of them.
  private static final Duration LIFE = Duration.ofDays(2);

  private static final int DESCRIPTION_MAX = 300;

  private final WatchVideo watchVideo;
  private final Links links;

  ShareVideo(WatchVideo watchVideo, Links links) {
    this.watchVideo = watchVideo;
    this.links = links;
  }

  /// The page, as HTML. Throws a 404 problem for what not everybody may watch.
  String page(String id) {
    VideoStore.Entry entry = watchVideo.watch(null, id).orElseThrow(Problems::noSuchVideo);
    VideoDetails details = entry.video().details();
    var page = new StringBuilder("<!doctype html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<title>").append(escaped(details.title())).append("</title>\n");
    properties(entry)
        .forEach((name, content) ->
            page.append("<meta property=\"")
                .append(name)
                .append("\" content=\"")
                .append(escaped(content))
                .append("\">\n"));
    return page.append("</head>\n<body>\n<h1>")
        .append(escaped(details.title()))
        .append("</h1>\n<p>")
        .append(escaped(details.description()))
        .append("</p>\n</body>\n</html>\n")
        .toString();
  }

  private Map<String, String> properties(VideoStore.Entry entry) {
    String id = entry.video().id();
    VideoDetails details = entry.video().details();
    Made made = entry.made();
    String here = links.base() + "/api/videos/" + id;
    var properties = new LinkedHashMap<String, String>();
    properties.put("og:type", "video.other");
    properties.put("og:title", details.title());
    properties.put("og:description", shortened(details.description()));
    properties.put("og:url", here + "/share");
    if (made.has(MediaFiles.POSTER_JPEG)) {
      properties.put(
          "og:image",
          links.signed(MediaFiles.folder(id) + MediaFiles.POSTER_JPEG, links.until(LIFE)));
    }
    properties.put("og:video", here + "/stream/" + MediaFiles.MASTER);
    properties.put("og:video:type", "application/vnd.apple.mpegurl");
    properties.put("og:video:width", Integer.toString(made.width()));
    properties.put("og:video:height", Integer.toString(made.height()));
    properties.put("video:duration", Long.toString(made.duration().toSeconds()));
    return properties;
  }

  private static String shortened(String text) {
    String first = CodePoints.first(text, DESCRIPTION_MAX);
    return first.length() == text.length() ? text : first + "…";
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
