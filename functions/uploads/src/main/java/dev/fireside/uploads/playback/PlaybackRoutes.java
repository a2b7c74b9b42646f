package dev.fireside.uploads.playback;

import dev.fireside.media.store.MediaStorage;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.http.StreamedBody;
import dev.fireside.uploads.links.PlayTokens;
import dev.fireside.uploads.videos.Problems;
import dev.fireside.uploads.videos.VideoRoutes;
import dev.fireside.uploads.videos.Videos;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// How videos are played: below `/api/videos/{id}`.
public final class PlaybackRoutes {
  private static final int TOKEN_MAX = 300;

  /// A list may get longer while further qualities are made.
  private static final Duration KEPT = Duration.ofMinutes(1);

  private static final int EDGE_MAX = 4_320;

  private final StreamVideo streamVideo;
  private final DownloadVideo downloadVideo;
  private final ShareVideo shareVideo;

  public PlaybackRoutes(Platform platform) {
    var videos = new Videos(platform);
    this.streamVideo =
        new StreamVideo(
            videos.watchVideo(),
            MediaStorage.of(platform).served(),
            videos.links(),
            new PlayTokens(platform));
    this.downloadVideo = new DownloadVideo(videos.watchVideo(), videos.links());
    this.shareVideo = new ShareVideo(videos.watchVideo(), videos.links());
  }

  /// Adds the routes.
  public void addTo(HttpApp app) {
    app.route("GET", "/api/videos/{id}/stream/{file}", Access.PUBLIC, this::stream)
        .route("GET", "/api/videos/{id}/download", Access.USER, this::download)
        .route("GET", "/api/videos/{id}/share", Access.PUBLIC, this::share);
  }

  private Response stream(Request request) {
    StreamVideo.Sent sent =
        streamVideo.stream(
                request.viewer(),
                VideoRoutes.id(request),
                request.path("file"),
                request.query("token", TOKEN_MAX).orElse(null))
            .orElseThrow(Problems::noSuchVideo);
    Response response = text(sent.contentType(), sent.text());
    return sent.isOpen() ? response.publicFor(KEPT) : response.unkept();
  }

  private static Response text(String contentType, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StreamedBody body = out -> out.write(bytes);
    return Response.ok(body).with("Content-Type", contentType);
  }

  private Response download(Request request) {
    int edgeMax = request.query("height", 0, 0, EDGE_MAX);
    return Response.ok(
            downloadVideo.download(request.caller().uid(), VideoRoutes.id(request), edgeMax))
        .unkept();
  }

  private Response share(Request request) {
    return text("text/html; charset=utf-8", shareVideo.page(VideoRoutes.id(request)))
        .publicFor(KEPT);
  }
}
