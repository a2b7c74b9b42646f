package dev.fireside.emulator.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What people reported of other servers of this kind, each by the number of its report.
class PeersReportsIT {
  private static final int MULTIPLE = 256 * 1024;
  private static final String OBJECTS = "/storage/v1/b/demo-bucket/o/";
  private static final String UPLOADS = "/upload/storage/v1/b/demo-bucket/o";

  @TempDir static Path folder;

  @RegisterExtension final LocalStorage local = new LocalStorage(folder);

  private final HttpClient http = HttpClient.newHttpClient();

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(local.base() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static byte[] bytes(int count) {
    var bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private void put(String name, String text) throws Exception {
    var request =
        to(UPLOADS + "?uploadType=media&name=" + name).POST(BodyPublishers.ofString(text));
    assertThat(send(request).statusCode()).isEqualTo(200);
  }

  private String session() throws Exception {
    var request = to(UPLOADS + "?uploadType=resumable&name=a").POST(BodyPublishers.ofString("{}"));
    URI session = URI.create(send(request).headers().firstValue("Location").orElseThrow());
    return session.getRawPath() + "?" + session.getRawQuery();
  }

  private HttpResponse<String> chunk(String session, String range, byte[] body) throws Exception {
    return send(to(session).header("Content-Range", range).PUT(BodyPublishers.ofByteArray(body)));
  }

  private byte[] stored() {
    return local.client().readAllBytes("demo-bucket", "a");
  }

  private static String range(HttpResponse<String> response) {
    return response.headers().firstValue("Range").orElse("none");
  }

  /// https://github.com/fsouza/fake-gcs-server/issues/2354
  @Test
  void fakeGcs2354_aStatusQueryEndsNothingAndOnlyWhatCameIsCounted() throws Exception {
    byte[] content = bytes(2 * MULTIPLE);
    String session = session();
    HttpResponse<String> none = chunk(session, "bytes */*", new byte[0]);
    assertThat(none.statusCode()).isEqualTo(308);
    assertThat(range(none)).isEqualTo("none");

    HttpResponse<String> cut =
        send(
            to(session)
                .header("Content-Range", "bytes 0-262143/524288")
                .PUT(
                    BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(content, 0, 100_000))));
    assertThat(cut.statusCode()).isEqualTo(308);
    assertThat(range(cut)).isEqualTo("none");

    byte[] first = Arrays.copyOf(content, MULTIPLE);
    assertThat(range(chunk(session, "bytes 0-262143/524288", first))).isEqualTo("bytes=0-262143");
    HttpResponse<String> status = chunk(session, "bytes */524288", new byte[0]);
    assertThat(status.statusCode()).isEqualTo(308);
    assertThat(range(status)).isEqualTo("bytes=0-262143");
    byte[] second = Arrays.copyOfRange(content, MULTIPLE, 2 * MULTIPLE);
    assertThat(chunk(session, "bytes 262144-524287/524288", second).statusCode()).isEqualTo(200);
    assertThat(stored()).isEqualTo(content);
  }

  /// https://github.com/floci-io/floci-gcp/issues/34
  @Test
  void floci34_aQueryThatNamesTheSizeEndsAnUploadThatIsComplete() throws Exception {
    String session = session();
    chunk(session, "bytes 0-262143/*", bytes(MULTIPLE));
    assertThat(chunk(session, "bytes */262144", new byte[0]).statusCode()).isEqualTo(200);
    assertThat(stored()).isEqualTo(bytes(MULTIPLE));

    assertThat(chunk(session(), "bytes */0", new byte[0]).statusCode()).isEqualTo(200);
    assertThat(stored()).isEmpty();
  }

  /// https://github.com/fsouza/fake-gcs-server/pull/2056
  @Test
  void fakeGcs2056_bytesThatComeAgainAreNotAppended() throws Exception {
    byte[] content = bytes(3 * MULTIPLE);
    String session = session();
    chunk(session, "bytes 0-524287/*", Arrays.copyOf(content, 2 * MULTIPLE));
    byte[] overlap = Arrays.copyOfRange(content, MULTIPLE, 3 * MULTIPLE);

    HttpResponse<String> last = chunk(session, "bytes 262144-786431/786432", overlap);

    assertThat(last.statusCode()).isEqualTo(200);
    assertThat(stored()).isEqualTo(content);
  }

  /// https://github.com/fsouza/fake-gcs-server/pull/2253,
  /// https://github.com/minio/minio/issues/20844
  @Test
  void fakeGcs2253_aRangeBeyondTheEndSaysWhereThatIs() throws Exception {
    put("a", "hello");
    put("empty", "");
    for (String[] each :
        new String[][] {
          {"a", "bytes=5-", "bytes */5"},
          {"a", "bytes=-0", "bytes */5"},
          {"empty", "bytes=0-", "bytes */0"},
          {"empty", "bytes=-3", "bytes */0"}
        }) {
      HttpResponse<String> response =
          send(to(OBJECTS + each[0] + "?alt=media").header("Range", each[1]));
      assertThat(response.statusCode()).as(each[1]).isEqualTo(416);
      assertThat(response.headers().firstValue("Content-Range")).contains(each[2]);
      assertThat(response.body()).isNotEmpty();
    }
  }

  /// https://github.com/fsouza/fake-gcs-server/issues/263 and /pull/511
  @Test
  void fakeGcs263_aRangeHasBothItsEndsAndIsAPartHoweverLong() throws Exception {
    put("a", "hello world");
    HttpResponse<String> part = send(to(OBJECTS + "a?alt=media").header("Range", "bytes=0-8"));
    assertThat(part.body()).isEqualTo("hello wor");
    HttpResponse<String> whole = send(to(OBJECTS + "a?alt=media").header("Range", "bytes=0-"));
    assertThat(whole.statusCode()).isEqualTo(206);
    assertThat(whole.headers().firstValue("Content-Range")).contains("bytes 0-10/11");
  }

  /// https://www.rfc-editor.org/rfc/rfc9110#name-if-range: players go on with what they have.
  @Test
  void aPartOfAnotherVersionThanTheOneAskedForIsTheWhole() throws Exception {
    put("a", "hello");
    String old = send(to(OBJECTS + "a?alt=media")).headers().firstValue("ETag").orElseThrow();
    var request = to(OBJECTS + "a?alt=media").header("Range", "bytes=1-2").header("If-Range", old);
    assertThat(send(request).statusCode()).isEqualTo(206);

    put("a", "other");

    assertThat(send(request).statusCode()).isEqualTo(200);
    assertThat(send(request).body()).isEqualTo("other");
    assertThat(send(to(OBJECTS + "a?alt=media").header("If-Match", old)).statusCode())
        .isEqualTo(412);
  }

  /// https://github.com/firebase/firebase-tools/issues/3396
  @Test
  void firebaseTools3396_aTokenThatAServerSetsOpensTheFile() throws Exception {
    put("secret", "hello");
    var said = "{\"metadata\": {\"firebaseStorageDownloadTokens\": \"one,two\"}}";
    send(to(OBJECTS + "secret").method("PATCH", BodyPublishers.ofString(said)));

    for (String token : new String[] {"one", "two"}) {
      assertThat(send(to("/v0/b/demo-bucket/o/secret?alt=media&token=" + token)).body())
          .isEqualTo("hello");
    }
    assertThat(send(to("/v0/b/demo-bucket/o/secret?alt=media&token=three")).statusCode())
        .isEqualTo(403);
  }

  /// https://github.com/firebase/firebase-tools/issues/8070
  @Test
  void firebaseTools8070_serversGetADownloadAddressWhateverTheRules() throws Exception {
    put("secret", "hello");

    var request = to("/v0/b/demo-bucket/o/secret");
    assertThat(send(request).statusCode()).isEqualTo(403);
    HttpResponse<String> owner = send(request.header("Authorization", "Bearer owner"));
    assertThat(owner.statusCode()).isEqualTo(200);
    assertThat(owner.body()).contains("\"downloadTokens\":\"");
  }

  /// https://github.com/firebase/firebase-tools/issues/4202
  @Test
  void firebaseTools4202_anUploadIsNoChangeOfMetadata() throws Exception {
    chunk(session(), "bytes 0-2/3", bytes(3));

    assertThat(local.changes()).containsExactly("finalized a");
  }

  /// https://github.com/firebase/firebase-tools/issues/10302: uploads are judged as `create`, in
  /// production too.
  @Test
  void firebaseTools10302_anOverwriteIsACreateThatSeesWhatWasThere() throws Exception {
    local.rules(
        """
        rules_version = '2';
        service firebase.storage {
          match /b/{bucket}/o {
            match /open/{name} { allow create; allow update: if false; }
            match /once/{name} { allow create: if resource == null; }
          }
        }
        """);
    for (int status : new int[] {200, 200}) {
      assertThat(upload("open").statusCode()).isEqualTo(status);
    }
    for (int status : new int[] {200, 403}) {
      assertThat(upload("once").statusCode()).isEqualTo(status);
    }
    var edit =
        to("/v0/b/demo-bucket/o/open%2Fa")
            .method("PATCH", BodyPublishers.ofString("{\"cacheControl\": \"private\"}"));
    assertThat(send(edit).statusCode()).isEqualTo(403);
  }

  private HttpResponse<String> upload(String directory) throws Exception {
    return send(
        to("/v0/b/demo-bucket/o?name=" + directory + "%2Fa").POST(BodyPublishers.ofString("x")));
  }

  /// https://github.com/firebase/firebase-tools/issues/3406
  @Test
  void firebaseTools3406_anotherSaveReplacesTheFirst() throws Exception {
    put("a", "some-content");
    put("a", "other");

    assertThat(stored()).isEqualTo("other".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /// https://github.com/fsouza/fake-gcs-server/issues/1019 and /issues/2102
  @Test
  void fakeGcs1019_whatHeadersSayOfAnObjectTheySayAgain() throws Exception {
    var request =
        to("/demo-bucket/a")
            .header("Authorization", "Bearer x")
            .header("Cache-Control", "max-age=3600")
            .header("Content-Disposition", "attachment; filename=a.pdf")
            .header("x-goog-meta-owner", "ann")
            .PUT(BodyPublishers.ofString("x"));
    assertThat(send(request).statusCode()).isEqualTo(200);

    var headers = send(to("/demo-bucket/a").header("Authorization", "Bearer x")).headers();
    assertThat(headers.firstValue("Cache-Control")).contains("max-age=3600");
    assertThat(headers.firstValue("Content-Disposition")).contains("attachment; filename=a.pdf");
    assertThat(headers.firstValue("x-goog-meta-owner")).contains("ann");
  }

  /// https://github.com/fsouza/fake-gcs-server/issues/1117 and /pull/319
  @Test
  void fakeGcs1117_pagesMaySendChunksAndReadRanges() throws Exception {
    HttpResponse<String> preflight =
        send(
            to(session())
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "content-range,x-goog-hash")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
        .contains("content-range");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
        .contains("PUT");

    HttpResponse<String> more = chunk(session(), "bytes 0-262143/*", bytes(MULTIPLE));
    assertThat(more.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(more.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
        .contains("Range", "Content-Range", "ETag");
    HttpResponse<String> refused = send(to("/demo-bucket/a"));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
  }

  /// https://github.com/tus/tusd/issues/14: a client's mistake is none of ours.
  @Test
  void tusd14_aLengthThatDoesNotFitTheRangeIsRefusedAsSuch() throws Exception {
    String session = session();

    HttpResponse<String> response = chunk(session, "bytes 0-99/100", bytes(50));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("Content-Range");
    assertThat(chunk(session, "bytes 0-99/100", bytes(100)).statusCode()).isEqualTo(200);
  }
}
