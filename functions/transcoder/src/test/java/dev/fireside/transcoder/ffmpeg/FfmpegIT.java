package dev.fireside.transcoder.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.fireside.shared.load.Together;
import dev.fireside.transcoder.domain.Formats;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What strangers send reads nothing but itself, and takes no more than it may.
class FfmpegIT {
  private static final Limits LIMITS = new Limits(Duration.ofMinutes(1), 4L << 30, 64L << 20, 1);

  @TempDir static Path folder;

  private static final AtomicInteger requests = new AtomicInteger();
  private static HttpServer server;
  private static Ffmpeg ffmpeg;

  @BeforeAll
  static void start() throws IOException {
    ffmpeg = new Ffmpeg(Installation.bundled(folder.resolve("cache")));
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
    ffmpeg.close();
  }

  private static String web() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/clip.mp4";
  }

  private static List<String> lures() {
    String web = web();
    return List.of(
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n" + web + "\n#EXT-X-ENDLIST\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nconcat:" + web + "|/etc/passwd\n",
        "ffconcat version 1.0\nfile /etc/passwd\nfile " + web + "\n",
        "<?xml version=\"1.0\"?><MPD type=\"static\"><BaseURL>" + web + "</BaseURL></MPD>",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\n",
        "[playlist]\nFile1=" + web + "\nNumberOfEntries=1\n",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"" + web + "\"/></svg>");
  }

  @Test
  void aListOfOtherFilesReadsNothing() throws IOException {
    var prober = new Prober(ffmpeg);
    for (String lure : lures()) {
      for (String name : List.of("source", "source.mp4", "list%03d.png")) {
        Files.writeString(folder.resolve(name), lure);
        assertThat(prober.clip(folder, name)).as(lure).isEmpty();
        assertThat(prober.image(folder, name)).as(lure).isEmpty();
        var arguments = new ArrayList<>(List.of("-v", "error"));
        arguments.addAll(Prober.opening(name, Formats.MEDIA));
        arguments.addAll(List.of("-f", "null", "-"));
        assertThatThrownBy(() -> ffmpeg.convert(folder, arguments, LIMITS, _ -> {}))
            .as(lure)
            .isInstanceOf(FfmpegException.class)
            .hasMessageNotContaining("root:");
      }
    }
    assertThat(requests).hasValue(0);
  }

  @Test
  void endsWhatTakesTooLong() {
    FfmpegException e =
        catchThrowableOfType(
            FfmpegException.class,
            () ->
                ffmpeg.convert(
                    folder,
                    List.of("-re", "-f", "lavfi", "-i", "testsrc=s=16x16:r=1", "-f", "null", "-"),
                    new Limits(Duration.ofMillis(300), LIMITS.memoryBytes(), LIMITS.fileBytes(), 1),
                    _ -> {}));
    assertThat(e.kind()).isEqualTo(FfmpegException.Kind.TOO_SLOW);
  }

  @Test
  void endsWhatWritesTooMuch() {
    FfmpegException e =
        catchThrowableOfType(
            FfmpegException.class,
            () ->
                ffmpeg.convert(
                    folder,
                    List.of("-f", "lavfi", "-i", "testsrc=s=640x480", "-f", "rawvideo", "much"),
                    LIMITS.withFileBytes(1 << 20),
                    _ -> {}));
    assertThat(e.kind()).isEqualTo(FfmpegException.Kind.TOO_MUCH);
    assertThat(folder.resolve("much"))
        .satisfies(file -> assertThat(Files.size(file)).isLessThanOrEqualTo(1 << 20));
  }

  @Test
  void endsWhatTakesTooMuchMemory() {
    assertThatThrownBy(() ->
            ffmpeg.convert(
                folder,
                List.of("-f", "lavfi", "-i", "testsrc=s=8000x8000", "-f", "null", "-"),
                new Limits(LIMITS.time(), 300L << 20, LIMITS.fileBytes(), 1),
                _ -> {}))
        .isInstanceOf(FfmpegException.class);
  }

  @Test
  void killsWhatRunsWhenItIsClosed() throws Exception {
    var own = new Ffmpeg(Installation.bundled(folder.resolve("cache")));
    var said = new ArrayList<String>();
    Thread run =
        Thread.ofVirtual()
            .start(() -> {
              FfmpegException e =
                  catchThrowableOfType(
                      FfmpegException.class,
                      () ->
                          own.convert(
                              folder,
                              List.of("-re", "-f", "lavfi", "-i", "testsrc=r=1", "-f", "null", "-"),
                              LIMITS,
                              _ -> own.close()));
              said.add(e.kind().name());
            });
    run.join();
    assertThat(said).containsExactly("STOPPED");
  }

  @Test
  void isUnpackedOnceWhoeverComesFirst() throws IOException {
    Path cache = folder.resolve("another");
    var found = Together.each(List.of(1, 2, 3, 4), 4, _ -> Installation.bundled(cache));
    assertThat(found).containsOnly(found.getFirst());
    try (Stream<Path> files = Files.list(cache)) {
      assertThat(files).hasSize(1);
    }
    assertThat(found.getFirst().ffprobe()).isExecutable();
  }

  @Test
  void saysWhereAnotherOneIsMissing() {
    assertThatThrownBy(() -> Installation.of(folder.resolve("ffmpeg"), "libx264"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TRANSCODE_FFMPEG");
  }

  @Test
  void takesAnotherOneByItsPath() {
    Installation bundled = Installation.bundled(folder.resolve("cache"));
    assertThat(Installation.of(bundled.ffmpeg(), "h264_videotoolbox").ffprobe())
        .isEqualTo(bundled.ffprobe());
  }
}
