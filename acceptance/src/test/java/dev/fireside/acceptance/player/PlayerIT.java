package dev.fireside.acceptance.player;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.social.testing.Crowd;
import dev.fireside.transcoder.ffmpeg.Ffmpeg;
import dev.fireside.transcoder.ffmpeg.Installation;
import dev.fireside.transcoder.ffmpeg.Limits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The page of `./scripts/dev` in a browser the size of a phone: a clip goes in, and is watched.
class PlayerIT {
  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().runningJobs();

  @TempDir static Path folder;

  private static final String VIDEO = "document.querySelector('#video')";

  private static Browser browser;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    new Crowd(fireside).people("ada");
    fireside.settle();
  }

  @AfterAll
  static void stop() {
    browser.close();
  }

  private static Path clip() {
    String made =
        "-v error -f lavfi -i testsrc2=s=640x360:r=30:d=6 -f lavfi -i sine=f=440:r=48000:d=6"
            + " -c:v libopenh264 -b:v 600k -g 30 -c:a aac -b:a 64k -shortest clip.mp4";
    Installation installation = Installation.bundled(Path.of("target", "ffmpeg").toAbsolutePath());
    try (var ffmpeg = new Ffmpeg(installation)) {
      var limits = new Limits(Duration.ofMinutes(2), 8L << 30, 1L << 30, 2);
      ffmpeg.convert(folder, List.of(made.split(" ", -1)), limits, _ -> {});
    }
    return folder.resolve("clip.mp4");
  }

  private static void open(String query) {
    browser.open(fireside.project().baseUrl() + "/_local/player/" + query);
  }

  @Test
  void aClipIsUploadedTranscodedAndWatched() {
    open("");
    browser.pick("#file", clip());
    browser.click("#send");
    browser.await("document.querySelector('#sent').value === 1");
    browser.await("document.querySelector('#made').value === 1");
    assertThat(browser.value("document.querySelector('#state').textContent").asText())
        .isEqualTo("ready");

    // Two qualities and the choice among them, by the smaller edge.
    browser.await("document.querySelector('#quality').options.length === 3");
    browser.click("#play");
    browser.await(VIDEO + ".currentTime > 0.5 && " + VIDEO + ".videoWidth > 0");
    for (String[] each : new String[][] {{"0", "240p"}, {"1", "360p"}}) {
      browser.choose("#quality", each[0]);
      browser.await(VIDEO + ".dataset.quality === '" + each[1] + "'");
    }
    browser.await(VIDEO + ".ended");

    // A part of the sprite for each place of the scrubber.
    browser.point("#seek", 0.1);
    browser.await("!document.querySelector('#preview').hidden");
    String first = browser.value("document.querySelector('#preview').style.cssText").asText();
    browser.point("#seek", 0.9);
    assertThat(browser.value("document.querySelector('#preview').style.cssText").asText())
        .contains("background-image")
        .isNotEqualTo(first);
    assertThat(browser.value("document.documentElement.scrollWidth <= innerWidth").asBoolean())
        .as("nothing is wider than the phone")
        .isTrue();
    assertThat(browser.exceptions()).isEmpty();
    captionsAreShown(browser.value("new URLSearchParams(location.search).get('video')").asText());
  }

  private void captionsAreShown(String id) {
    Reply put =
        fireside
            .http()
            .as("ada")
            .raw(
                "PUT",
                "/api/videos/" + id + "/captions/en?label=English",
                "WEBVTT\n\n00:00:00.000 --> 00:00:06.000\nHello there\n"
                    .getBytes(StandardCharsets.UTF_8),
                "text/vtt");
    assertThat(put.status()).isEqualTo(200);
    open("?video=" + id);
    browser.await("document.querySelector('#captions').options.length === 2");
    browser.choose("#captions", "0");
    browser.click("#play");
    browser.await(
        "[...%s.textTracks].some(track => track.activeCues?.[0]?.text === 'Hello there')"
            .formatted(VIDEO));
  }

  @Test
  void anUploadGoesOnAfterTheConnectionWasLost() {
    open("");
    int bytes = 1_500_000;
    JsonNode opened =
        fireside
            .http()
            .as("ada")
            .post(
                "/api/uploads", Map.of("kind", "video", "bytes", bytes, "contentType", "video/mp4"))
            .body();
    browser.network(false, 400_000);
    browser.value(
        """
        window.sent = 0;
        window.sending = import('/_local/player/upload.js').then(upload => upload.send(
          new File([new Uint8Array(%d)], 'a.mp4'), {uploadUrl: '%s', chunkBytes: 262144},
          sent => (window.sent = sent), new AbortController().signal));
        0
        """
            .formatted(bytes, opened.path("uploadUrl").asText()));
    browser.await("window.sent > 262144");
    browser.network(true, -1);
    browser.network(false, -1);

    browser.value("window.sending");

    assertThat(browser.value("window.sent").asInt()).isEqualTo(bytes);
    fireside.settle();
    String id = opened.path("id").asText();
    // All of it is there; and what is all zeros is no video.
    assertThat(fireside.http().as("ada").get("/api/uploads/" + id).body().path("state").asText())
        .isEqualTo("refused");
  }
}
