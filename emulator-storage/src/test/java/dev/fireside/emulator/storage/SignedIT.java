package dev.fireside.emulator.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.HttpMethod;
import com.google.cloud.storage.PostPolicyV4;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.SignUrlOption;
import com.google.cloud.storage.StorageOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What Google's client signs: URLs and policies of forms.
class SignedIT {
  private static final String EMAIL = "signer@demo-fireside.iam.gserviceaccount.com";

  @TempDir static Path folder;
  private static KeyPair keys;
  private static KeyPair strangers;

  @RegisterExtension final LocalStorage local = new LocalStorage(folder);

  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void generate() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2_048);
    keys = generator.generateKeyPair();
    strangers = generator.generateKeyPair();
  }

  @BeforeEach
  void trust() {
    local.server().signingKeys().trust(EMAIL, keys.getPublic());
  }

  private Storage signer(KeyPair pair) {
    return StorageOptions.newBuilder()
        .setProjectId("demo-fireside")
        .setHost(local.base())
        .setCredentials(
            ServiceAccountCredentials.newBuilder()
                .setClientEmail(EMAIL)
                .setPrivateKey(pair.getPrivate())
                .build())
        .build()
        .getService();
  }

  private static BlobInfo blob(String name) {
    return BlobInfo.newBuilder(LocalStorage.BUCKET, name).build();
  }

  private URI signed(KeyPair pair, String name, HttpMethod method, SignUrlOption... more) {
    var options = new ArrayList<SignUrlOption>();
    options.add(SignUrlOption.withV4Signature());
    options.add(SignUrlOption.withHostName(local.base()));
    options.add(SignUrlOption.httpMethod(method));
    options.addAll(List.of(more));
    URL url =
        signer(pair)
            .signUrl(blob(name), 10, TimeUnit.MINUTES, options.toArray(SignUrlOption[]::new));
    return URI.create(url.toString());
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private int get(URI uri) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri)).statusCode();
  }

  private void object(String name, String text) {
    local.client().create(blob(name), text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void urlsLetTheirHoldersReadOneObject() throws Exception {
    object("dir/a b+ü.txt", "secret");
    URI url = signed(keys, "dir/a b+ü.txt", HttpMethod.GET);

    HttpResponse<String> read = send(HttpRequest.newBuilder(url));
    assertThat(read.body()).isEqualTo("secret");
    assertThat(send(HttpRequest.newBuilder(url).header("Range", "bytes=2-3")).body())
        .isEqualTo("cr");

    object("other", "x");
    URI other = URI.create(url.toString().replaceFirst("/dir[^?]*", "/other"));
    assertThat(get(other)).isEqualTo(403);
    assertThat(get(URI.create(local.base() + "/demo-bucket/other"))).isEqualTo(403);
    assertThat(get(URI.create(url + "&x=1"))).isEqualTo(403);
    assertThat(get(signed(strangers, "other", HttpMethod.GET))).isEqualTo(403);
    assertThat(
            send(HttpRequest.newBuilder(url).PUT(HttpRequest.BodyPublishers.ofString("x")))
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void urlsEnd() throws Exception {
    object("a", "secret");
    URI url = signed(keys, "a", HttpMethod.GET);
    local.at(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(11)));
    trust();

    URI later = URI.create(local.base() + url.getRawPath() + "?" + url.getRawQuery());
    assertThat(get(later)).isEqualTo(400);
  }

  @Test
  void urlsTakeWhatTheirHeadersSay() throws Exception {
    URI url =
        signed(
            keys,
            "up/load",
            HttpMethod.PUT,
            SignUrlOption.withExtHeaders(
                Map.of("Content-Type", "text/plain", "x-goog-content-length-range", "0,5")));
    HttpRequest.Builder fitting =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "text/plain")
            .header("x-goog-content-length-range", "0,5");

    assertThat(
            send(fitting.copy().PUT(HttpRequest.BodyPublishers.ofString("too long"))).statusCode())
        .isEqualTo(400);
    assertThat(local.client().get(BlobId.of(LocalStorage.BUCKET, "up/load"))).isNull();
    assertThat(send(fitting.copy().PUT(HttpRequest.BodyPublishers.ofString("fits"))).statusCode())
        .isEqualTo(200);
    assertThat(local.client().get(BlobId.of(LocalStorage.BUCKET, "up/load")).getContentType())
        .isEqualTo("text/plain");
    assertThat(
            send(HttpRequest.newBuilder(url)
                    .header("Content-Type", "text/html")
                    .header("x-goog-content-length-range", "0,5")
                    .PUT(HttpRequest.BodyPublishers.ofString("x")))
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void urlsBeginResumableUploads() throws Exception {
    URI url =
        signed(
            keys,
            "video",
            HttpMethod.POST,
            SignUrlOption.withExtHeaders(Map.of("x-goog-resumable", "start")));

    HttpResponse<String> begun =
        send(
            HttpRequest.newBuilder(url)
                .header("x-goog-resumable", "start")
                .POST(HttpRequest.BodyPublishers.noBody()));
    assertThat(begun.statusCode()).isEqualTo(201);
    URI session = URI.create(begun.headers().firstValue("Location").orElseThrow());
    HttpResponse<String> sent =
        send(
            HttpRequest.newBuilder(session)
                .header("Content-Range", "bytes 0-3/4")
                .PUT(HttpRequest.BodyPublishers.ofString("clip")));
    assertThat(sent.statusCode()).isEqualTo(200);
    assertThat(local.client().readAllBytes(LocalStorage.BUCKET, "video"))
        .asString()
        .isEqualTo("clip");
  }

  @Test
  void formsUploadWhatTheirPolicySays() throws Exception {
    PostPolicyV4 policy =
        signer(keys)
            .generateSignedPostPolicyV4(
                blob("form/a.txt"),
                10,
                TimeUnit.MINUTES,
                PostPolicyV4.PostFieldsV4.newBuilder().setContentType("text/plain").build(),
                PostPolicyV4.PostConditionsV4.newBuilder()
                    .addContentLengthRangeCondition(1, 10)
                    .build());

    assertThat(post(policy.getFields(), "hello")).isEqualTo(204);
    assertThat(local.client().readAllBytes(LocalStorage.BUCKET, "form/a.txt"))
        .asString()
        .isEqualTo("hello");
    assertThat(post(policy.getFields(), "")).isEqualTo(400);
    assertThat(post(policy.getFields(), "much too long")).isEqualTo(400);
    var elsewhere = new HashMap<>(policy.getFields());
    elsewhere.put("key", "other");
    assertThat(post(elsewhere, "hello")).isEqualTo(403);
    var more = new HashMap<>(policy.getFields());
    more.put("x-goog-meta-owner", "eve");
    assertThat(post(more, "hello")).isEqualTo(403);
    assertThat(post(Map.of("key", "form/a.txt"), "hello")).isEqualTo(403);
  }

  private int post(Map<String, String> fields, String file)
      throws IOException, InterruptedException {
    var body = new ByteArrayOutputStream();
    for (Map.Entry<String, String> field : fields.entrySet()) {
      body.write(
          "--xyz\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
              .formatted(field.getKey(), field.getValue())
              .getBytes(StandardCharsets.UTF_8));
    }
    body.write(
        "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n%s\r\n--xyz--\r\n"
            .formatted(file)
            .getBytes(StandardCharsets.UTF_8));
    return send(HttpRequest.newBuilder(URI.create(local.base() + "/demo-bucket/"))
            .header("Content-Type", "multipart/form-data; boundary=xyz")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())))
        .statusCode();
  }
}
