package dev.fireside.uploads;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.media.domain.Made;
import dev.fireside.media.domain.MediaFiles;
import dev.fireside.media.domain.Rendition;
import dev.fireside.media.domain.TranscodeFailure;
import dev.fireside.media.domain.TranscodeState;
import dev.fireside.media.store.MediaStorage;
import dev.fireside.media.store.NewObject;
import dev.fireside.media.store.TranscodeStore;
import dev.fireside.social.testing.Crowd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// People who make videos, and what a transcoder would write, without its work.
final class Studio extends Crowd {
  static final String TEXT = "all the bytes of a rendition";
  static final byte[] BYTES = Samples.ascii(TEXT);

  private static final String HOLDER = "test";

  final Sender sender;
  private final TranscodeStore transcodes;
  private final MediaStorage storage;
  private final HttpClient http = HttpClient.newHttpClient();

  Studio(FiresideExtension fireside) {
    super(fireside);
    this.sender = new Sender(fireside);
    this.transcodes = new TranscodeStore(fireside.platform().documents());
    this.storage = MediaStorage.of(fireside.platform());
  }

  MediaStorage storage() {
    return storage;
  }

  /// A video of a clip that was uploaded and accepted; nothing of it is made.
  ///
  /// @return its id
  String video(String uid, Map<String, Object> details) {
    String upload = sender.upload(uid, "video", "video/mp4", Samples.mp4(2_000));
    Reply made = create(uid, upload, details);
    if (made.status() != 201) {
      throw new AssertionError(made.toString());
    }
    fireside.settle();
    return made.body().path("id").asText();
  }

  Reply create(String uid, String upload, Map<String, Object> details) {
    var body = new HashMap<String, Object>(details);
    body.putIfAbsent("title", "A clip");
    body.put("uploadId", upload);
    return as(uid).post("/api/videos", body);
  }

  /// The same, made with one quality, and its sound.
  String ready(String uid, Map<String, Object> details) {
    String id = video(uid, details);
    make(id);
    return id;
  }

  /// Makes what was ordered of a video.
  void make(String id) {
    var now = fireside.clock().instant();
    if (transcodes.begin(id, HOLDER, now).isEmpty()) {
      throw new AssertionError("Nothing was ordered of " + id);
    }
    write(id, "360p.mp4", "video/mp4", BYTES);
    write(id, "audio.mp4", "video/mp4", BYTES);
    for (String name : List.of("360p", "audio")) {
      write(
          id,
          name + ".m3u8",
          "application/vnd.apple.mpegurl",
          Samples.ascii(
              """
              #EXTM3U
              #EXT-X-VERSION:7
              #EXT-X-TARGETDURATION:2
              #EXT-X-MAP:URI="%1$s.mp4",BYTERANGE="4@0"
              #EXTINF:2.000,
              #EXT-X-BYTERANGE:10@4
              %1$s.mp4
              #EXT-X-ENDLIST
              """
                  .formatted(name)));
    }
    write(
        id,
        MediaFiles.MASTER,
        "application/vnd.apple.mpegurl",
        Samples.ascii(
            """
            #EXTM3U
            #EXT-X-VERSION:7
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Original",URI="audio.m3u8"
            #EXT-X-STREAM-INF:BANDWIDTH=1000,AUDIO="audio"
            360p.m3u8
            """));
    write(
        id,
        MediaFiles.MANIFEST,
        "application/dash+xml",
        Samples.ascii("<MPD><BaseURL>360p.mp4</BaseURL></MPD>"));
    write(
        id,
        MediaFiles.THUMBNAIL_TRACK,
        "text/vtt",
        Samples.ascii("WEBVTT\n\n00:00.000 --> 00:02.000\nthumbnails.webp#xywh=0,0,9,9\n"));
    MediaFiles.pictures().forEach(name -> write(id, name, "image/webp", BYTES));
    write(id, MediaFiles.POSTER_JPEG, "image/jpeg", BYTES);
    var files = new ArrayList<String>(MediaFiles.pictures());
    files.addAll(List.of(MediaFiles.POSTER_JPEG, MediaFiles.THUMBNAIL_TRACK));
    var made =
        new Made(
            Duration.ofSeconds(2),
            640,
            360,
            List.of(
                new Rendition("360p", 640, 360, "30/1", "avc1.64001e", 900, 800, 28, 4, 4),
                new Rendition("audio", 0, 0, "", "mp4a.40.2", 100, 90, 28, 4, 4)),
            files);
    transcodes.renew(id, HOLDER, now, 0.5, made);
    transcodes.end(id, HOLDER, new TranscodeState.Done(made));
    fireside.settle();
  }

  void fail(String id, TranscodeFailure why) {
    transcodes.begin(id, HOLDER, fireside.clock().instant());
    transcodes.end(id, HOLDER, new TranscodeState.Failed(why, null, Made.NOTHING));
    fireside.settle();
  }

  /// A picture that was uploaded and made ready.
  String image(String uid) {
    String id = sender.upload(uid, "image", "image/png", Samples.picture("png", 40, 30));
    fireside.settle();
    transcodes.begin(id, HOLDER, fireside.clock().instant());
    MediaFiles.pictures().forEach(name -> write(id, name, "image/webp", BYTES));
    transcodes.end(
        id,
        HOLDER,
        new TranscodeState.Done(new Made(Duration.ZERO, 40, 30, List.of(), MediaFiles.pictures())));
    fireside.settle();
    return id;
  }

  void write(String id, String name, String type, byte[] bytes) {
    storage.served().put(new NewObject(MediaFiles.folder(id) + name, type, ""), bytes);
  }

  List<String> objects() {
    var names = new ArrayList<String>();
    storage.served().list("", "", 100).forEach(it -> names.add(it.name()));
    storage.uploads().list("", "", 100).forEach(it -> names.add(it.name()));
    return names;
  }

  /// Asks an address as a player does.
  HttpResponse<String> get(String url) {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A list of a video, without a header that says who asks.
  HttpResponse<String> list(String path) {
    return get(fireside.project().baseUrl() + path);
  }
}
