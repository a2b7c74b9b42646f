package dev.fireside.uploads.sessions;

import dev.fireside.media.domain.MediaFiles;
import dev.fireside.media.store.MediaStorage;
import dev.fireside.media.store.TranscodeStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Input;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.limits.Budget;
import dev.fireside.uploads.links.Links;
import dev.fireside.uploads.sessions.domain.Upload;
import dev.fireside.uploads.sessions.domain.UploadKind;
import dev.fireside.uploads.sessions.domain.UploadLimits;
import dev.fireside.uploads.sessions.store.UploadStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `/api/uploads`: sessions that clients send bytes by, straight to Cloud Storage.
public final class UploadRoutes {
  /// Bytes of a chunk that suit a phone: a multiple of the 256 KiB that Cloud Storage asks for.
  private static final int CHUNK_BYTES = 8 * 1024 * 1024;

  private static final Budget OPEN = new Budget("uploads-open", 120, Duration.ofMinutes(15));

  /// Each costs a call of Cloud Storage while bytes are missing.
  private static final Budget READ = new Budget("uploads-read", 1_000, Duration.ofMinutes(15));

  /// How long somebody may be led to the same address, which holds for longer.
  private static final Duration PICTURE_KEPT = Duration.ofMinutes(10);

  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

  private final OpenUpload openUpload;
  private final ReadUpload readUpload;
  private final CancelUpload cancelUpload;
  private final ReadPicture readPicture;
  private final UploadLimits limits;
  private final List<String> origins;

  public UploadRoutes(Platform platform) {
    this.limits = UploadLimits.of(platform.config());
    this.origins = platform.config().corsOrigins();
    var uploads = new UploadStore(platform, limits);
    MediaStorage storage = MediaStorage.of(platform);
    this.openUpload = new OpenUpload(uploads, storage, limits, platform.clock());
    var transcodes = new TranscodeStore(platform.documents());
    this.readUpload = new ReadUpload(uploads, storage);
    this.readPicture = new ReadPicture(uploads, transcodes, new Links(platform));
    this.cancelUpload = new CancelUpload(uploads, transcodes, storage);
  }

  /// Adds the routes.
  public void addTo(HttpApp app) {
    app.route("POST", "/api/uploads", Access.USER, OPEN, this::open)
        .route("GET", "/api/uploads/{id}", Access.USER, READ, this::read)
        .route("DELETE", "/api/uploads/{id}", Access.USER, this::cancel)
        .route("GET", "/api/uploads/{id}/pictures/{size}", Access.PUBLIC, this::picture);
  }

  /// What a client needs to begin.
  private record Opened(String id, String uploadUrl, Instant expiresAt, int chunkBytes) {}

  private Response open(Request request) {
    Upload upload =
        openUpload.open(
            request.caller().uid(), request.newId(), request.body(this::wish), origin(request));
    // Whoever has the address can send the bytes: it is kept nowhere else.
    return Response.created(
            "/api/uploads/" + upload.id(),
            new Opened(
                upload.id(), String.valueOf(upload.session()), upload.expiresAt(), CHUNK_BYTES))
        .unkept();
  }

  private OpenUpload.Wish wish(Input in) {
    UploadKind kind = in.optionalOneOf("kind", UploadKind.class);
    if (in.isAbsent("kind")) {
      in.reject("kind", "is missing");
    }
    UploadKind known = kind == null ? UploadKind.VIDEO : kind;
    long bytes = in.number("bytes", 1, limits.bytesMax(known));
    String contentType = in.text("contentType", 1, 100).toLowerCase(Locale.ROOT);
    if (kind != null && !contentType.isEmpty() && !kind.contentTypes().contains(contentType)) {
      in.reject(
          "contentType",
          "must be one of " + String.join(", ", kind.contentTypes().stream().sorted().toList()));
    }
    String sha256 = in.optionalText("sha256", SHA256, "must be 64 hexadecimal digits");
    return new OpenUpload.Wish(
        known, contentType, bytes, sha256 == null ? null : sha256.toLowerCase(Locale.ROOT));
  }

  /// The origin of the caller's page, where pages of it may call us.
  private @Nullable String origin(Request request) {
    return request
        .header("Origin")
        .filter(origin -> origins.contains("*") || origins.contains(origin))
        .orElse(null);
  }

  private Response read(Request request) {
    return Response.ok(readUpload.read(request.caller().uid(), id(request))).unkept();
  }

  private Response cancel(Request request) {
    cancelUpload.cancel(request.caller().uid(), id(request));
    return Response.noContent();
  }

  private Response picture(Request request) {
    MediaFiles.Size size =
        WireNames.find(MediaFiles.Size.class, request.path("size"))
            .orElseThrow(() -> ProblemException.notFound("size"));
    String address = readPicture.address(id(request), size);
    return new Response(302, Map.of("Location", address), null).publicFor(PICTURE_KEPT);
  }

  /// The upload in the path; what cannot be an id is no upload.
  private static String id(Request request) {
    String id = request.path("id").toUpperCase(Locale.ROOT);
    if (!Ids.isUlid(id)) {
      throw Problems.noSuchUpload();
    }
    return id;
  }
}
