package dev.fireside.uploads.videos;

import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.limits.Budget;
import dev.fireside.uploads.videos.domain.Video;
import dev.fireside.uploads.videos.domain.VideoDetails;
import dev.fireside.uploads.videos.domain.VideoState;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// `/api/videos`, but for how they are played.
public final class VideoRoutes {
  private static final Budget WRITE = new Budget("videos-write", 120, Duration.ofMinutes(15));

  private static final int LABEL_MAX = 60;

  /// The types of captions, as browsers and editors call them.
  private static final List<String> CAPTIONS =
      List.of("text/vtt", "application/x-subrip", "application/srt", "text/srt");

  private final CreateVideo createVideo;
  private final ReadVideos readVideos;
  private final EditVideo editVideo;
  private final DeleteVideo deleteVideo;
  private final ChangeCover changeCover;
  private final ChangeCaptions changeCaptions;

  public VideoRoutes(Platform platform) {
    var videos = new Videos(platform);
    this.createVideo = videos.createVideo();
    this.readVideos = videos.readVideos();
    this.editVideo = videos.editVideo();
    this.deleteVideo = videos.deleteVideo();
    this.changeCover = videos.changeCover();
    this.changeCaptions = videos.changeCaptions();
  }

  /// Adds the routes.
  public void addTo(HttpApp app) {
    app.route("POST", "/api/videos", Access.USER, WRITE, this::create)
        .route("GET", "/api/videos", Access.USER, this::list)
        .route("GET", "/api/videos/{id}", Access.PUBLIC, this::read)
        .route("PATCH", "/api/videos/{id}", Access.USER, WRITE, this::edit)
        .route("DELETE", "/api/videos/{id}", Access.USER, WRITE, this::delete)
        .route("PUT", "/api/videos/{id}/cover", Access.USER, WRITE, this::putCover)
        .route("DELETE", "/api/videos/{id}/cover", Access.USER, WRITE, this::deleteCover)
        .route("PUT", "/api/videos/{id}/captions/{language}", Access.USER, WRITE, this::putCaptions)
        .route(
            "DELETE",
            "/api/videos/{id}/captions/{language}",
            Access.USER,
            WRITE,
            this::deleteCaptions);
  }

  private Response create(Request request) {
    Video video =
        createVideo.create(
            request.caller().uid(), request.newId(), request.body(VideoBodies::wish));
    return Response.created("/api/videos/" + video.id(), shown(request, video.id()));
  }

  private VideoView shown(Request request, String id) {
    return readVideos.read(request.viewer(), id);
  }

  private Response list(Request request) {
    VideoState state = request.queryOneOf("state", VideoState.class).orElse(null);
    if (state == VideoState.DELETED) {
      throw Request.invalidQuery("state", "must be one of processing, ready, failed");
    }
    return Response.ok(
        request.page(
            "videos " + state,
            (after, limit) -> readVideos.own(request.caller().uid(), state, after, limit)));
  }

  private Response read(Request request) {
    return Response.ok(shown(request, id(request))).revalidated();
  }

  private Response edit(Request request) {
    UnaryOperator<VideoDetails> edit = request.body(VideoBodies::edit);
    editVideo.edit(request.caller().uid(), id(request), edit);
    return Response.ok(shown(request, id(request)));
  }

  private Response delete(Request request) {
    deleteVideo.delete(request.caller().uid(), id(request));
    return Response.noContent();
  }

  private Response putCover(Request request) {
    String upload = request.body(in -> VideoBodies.id(in, "uploadId"));
    changeCover.put(request.caller().uid(), id(request), upload);
    return Response.ok(shown(request, id(request)));
  }

  private Response deleteCover(Request request) {
    changeCover.delete(request.caller().uid(), id(request));
    return Response.noContent();
  }

  private Response putCaptions(Request request) {
    String type =
        request.header("Content-Type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!CAPTIONS.contains(type)) {
      throw ProblemException.of(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send captions as text/vtt or application/x-subrip");
    }
    String language = language(request);
    String label = request.query("label", LABEL_MAX).orElse(language);
    changeCaptions.put(
        request.caller().uid(), id(request), language, label, type, request.rawBody());
    return Response.ok(shown(request, id(request)));
  }

  private Response deleteCaptions(Request request) {
    changeCaptions.delete(request.caller().uid(), id(request), language(request));
    return Response.noContent();
  }

  private static String language(Request request) {
    String language = request.path("language");
    if (!language.matches(CaptionFiles.LANGUAGE)) {
      throw ProblemException.notFound("language: name it like en, pt-BR or zh-Hant");
    }
    return language;
  }

  /// The video in the path; what cannot be an id is no video.
  public static String id(Request request) {
    String id = request.path("id").toUpperCase(Locale.ROOT);
    if (!Ids.isUlid(id)) {
      throw Problems.noSuchVideo();
    }
    return id;
  }
}
