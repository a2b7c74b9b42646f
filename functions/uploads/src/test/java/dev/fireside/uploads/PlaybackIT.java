package dev.fireside.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.media.domain.MediaFiles;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PlaybackIT {
  private static final Pattern ADDRESS = Pattern.compile("http://[^\"<\\s]+");

  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("RATE_LIMIT_ANONYMOUS", "10000"));

  private final Studio studio = new Studio(fireside);

  @BeforeEach
  void people() {
    studio.people("ann", "bob", "eve");
  }

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  private JsonNode read(String uid, String id) {
    return studio.as(uid).get("/api/videos/" + id).body();
  }

  private String hls(String uid, String id) {
    return read(uid, id).path("playback").path("hls").asText();
  }

  private static String addressIn(String list) {
    var found = ADDRESS.matcher(list);
    assertThat(found.find()).as(list).isTrue();
    return found.group().replace("&amp;", "&");
  }

  @Test
  void leadsAnybodyFromThePlaylistToTheBytesOfAPublicVideo() {
    String id = studio.ready("ann", Map.of());

    HttpResponse<String> master = studio.list(hls("bob", id));
    assertThat(master.statusCode()).isEqualTo(200);
    assertThat(master.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/vnd.apple.mpegurl");
    assertThat(master.headers().firstValue("Cache-Control")).contains("public, max-age=60");
    assertThat(master.body()).contains("\n360p.m3u8\n", "URI=\"audio.m3u8\"");
    String list = studio.list("/api/videos/" + id + "/stream/360p.m3u8").body();
    assertThat(studio.get(addressIn(list)).body()).isEqualTo(Studio.TEXT);
    String dash = studio.list(read("bob", id).path("playback").path("dash").asText()).body();
    assertThat(studio.get(addressIn(dash)).body()).isEqualTo(Studio.TEXT);
    String track = studio.list(read("bob", id).path("thumbnails").asText()).body();
    assertThat(track).contains("http://").contains("#xywh=0,0,9,9");
    assertThat(studio.list("/api/videos/" + id + "/stream/nothing.m3u8").statusCode())
        .isEqualTo(404);
    assertThat(studio.list("/api/videos/" + id + "/stream/360p.mp4").statusCode()).isEqualTo(404);
  }

  @Test
  void refusesTheBytesWithoutARight() {
    String id = studio.ready("ann", Map.of("visibility", "private"));
    String bucket = studio.storage().served().bucket();
    String address = fireside.project().cloud().storage().address();

    String segment = "http://" + address + "/" + bucket + "/" + MediaFiles.folder(id) + "360p.mp4";
    assertThat(studio.get(segment).statusCode()).isEqualTo(403);
    assertThat(studio.as("bob").get("/api/videos/" + id).status()).isEqualTo(404);
    assertThat(studio.list("/api/videos/" + id + "/stream/master.m3u8").statusCode())
        .isEqualTo(404);

    // Its owner's player sends no header: the address says who plays.
    HttpResponse<String> master = studio.list(hls("ann", id));
    assertThat(master.statusCode()).isEqualTo(200);
    assertThat(master.headers().firstValue("Cache-Control")).contains("no-store");
    String token = hls("ann", id).substring(hls("ann", id).indexOf("?token="));
    assertThat(master.body()).contains("360p.m3u8" + token, "audio.m3u8" + token);
    String list = studio.list("/api/videos/" + id + "/stream/360p.m3u8" + token).body();
    assertThat(studio.get(addressIn(list)).statusCode()).isEqualTo(200);
    String other = studio.ready("ann", Map.of("visibility", "private"));
    assertThat(studio.list("/api/videos/" + other + "/stream/master.m3u8" + token).statusCode())
        .isEqualTo(404);
    assertThat(studio.list("/api/videos/" + id + "/stream/master.m3u8?token=x.y").statusCode())
        .isEqualTo(404);
  }

  @Test
  void looksAtTheRightWithEachList() {
    String id = studio.ready("ann", Map.of("visibility", "followers"));
    assertThat(studio.as("bob").get("/api/videos/" + id).status()).isEqualTo(404);
    studio.follow("bob", "ann");
    String hls = hls("bob", id);
    assertThat(studio.list(hls).statusCode()).isEqualTo(200);

    studio.block("ann", "bob");

    assertThat(studio.list(hls).statusCode()).isEqualTo(404);
  }

  @Test
  void showsCaptionsToChooseFrom() {
    String id = studio.ready("ann", Map.of());
    String srt = "1\r\n00:00:00,500 --> 00:00:01,900\r\nHello <b>you</b>\r\n\r\n";
    String path = "/api/videos/" + id + "/captions/";

    Reply added =
        studio
            .as("ann")
            .raw("PUT", path + "en?label=English", Samples.ascii(srt), "application/x-subrip");
    assertThat(added.status()).isEqualTo(200);
    assertThat(
            studio
                .as("ann")
                .raw("PUT", path + "de", Samples.ascii("WEBVTT\n\nno times\n"), "text/vtt")
                .status())
        .isEqualTo(400);
    assertThat(studio.as("bob").raw("PUT", path + "en", Samples.ascii(srt), "text/vtt").status())
        .isIn(400, 404);
    assertThat(
            studio.as("ann").raw("PUT", path + "..%2Fx", Samples.ascii(srt), "text/vtt").status())
        .isIn(400, 404);

    JsonNode captions = read("bob", id).path("captions").path(0);
    assertThat(captions.path("label").asText()).isEqualTo("English");
    assertThat(studio.list(captions.path("url").asText()).body())
        .isEqualTo("WEBVTT\n\n00:00:00.500 --> 00:00:01.900\nHello <b>you</b>\n\n");
    String master = studio.list(hls("bob", id)).body();
    assertThat(master)
        .contains("TYPE=SUBTITLES", "NAME=\"English\"", "URI=\"captions-en.m3u8\"")
        .contains("AUDIO=\"audio\",SUBTITLES=\"captions\"");
    assertThat(studio.list("/api/videos/" + id + "/stream/captions-en.m3u8").body())
        .contains("#EXT-X-TARGETDURATION:2", "captions-en.vtt");
    assertThat(studio.as("ann").delete(path + "en").status()).isEqualTo(204);
    assertThat(read("bob", id).path("captions")).isEmpty();
  }

  @Test
  void letsOthersTakeItAlongWhereItsOwnerDoes() {
    String id = studio.ready("ann", Map.of());
    String path = "/api/videos/" + id + "/download";
    assertThat(studio.as("bob").get(path).status()).isEqualTo(403);

    studio.as("ann").patch("/api/videos/" + id, Map.of("downloads", true));

    Reply download = studio.as("bob").get(path + "?height=100");
    assertThat(download.body().path("files").findValuesAsText("name"))
        .containsExactly("360p", "audio");
    assertThat(studio.get(download.body().path("files").path(0).path("url").asText()).body())
        .isEqualTo(Studio.TEXT);
  }

  @Test
  void describesALinkWithoutLettingAnythingOutOfItsText() {
    String id =
        studio.ready(
            "ann", Map.of("title", "\"><script>alert(1)</script>", "description", "a & b"));
    HttpResponse<String> page = studio.list("/api/videos/" + id + "/share");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(page.body())
        .contains("og:title", "og:video", "og:image", "&lt;script&gt;", "a &amp; b")
        .doesNotContain("<script");
    String hidden = studio.ready("ann", Map.of("visibility", "followers"));
    assertThat(studio.list("/api/videos/" + hidden + "/share").statusCode()).isEqualTo(404);
    String unlisted = studio.ready("ann", Map.of("visibility", "unlisted"));
    assertThat(studio.list("/api/videos/" + unlisted + "/share").statusCode()).isEqualTo(200);
  }
}
