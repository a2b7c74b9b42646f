package dev.fireside.emulator.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// REST, as the documentation of Firebase has it.
class RestIT {
  private static DatabaseServer server;
  private static Http http;

  @BeforeAll
  static void start() {
    server = DatabaseServer.start(DatabaseOptions.inMemory("default"));
    http = new Http(server);
  }

  @AfterAll
  static void stop() {
    http.close();
    server.close();
  }

  private static HttpResponse<String> call(
      String method, String path, String body, String... headers) throws Exception {
    return http.call(method, path, body, headers);
  }

  private static String body(String method, String path, String body) throws Exception {
    return call(method, path, body).body();
  }

  @Test
  void valuesAreWrittenReadAndRemoved() throws Exception {
    assertThat(body("PUT", "/a.json?ns=crud", "{\"x\":1,\"list\":[1,2]}"))
        .isEqualTo("{\"list\":[1,2],\"x\":1}");
    assertThat(body("PATCH", "/.json?ns=crud", "{\"a/x\":2,\"b/c\":{\".sv\":{\"increment\":3}}}"))
        .isEqualTo("{\"a/x\":2,\"b/c\":3}");
    assertThat(body("GET", "/a/x.json?ns=crud", null)).isEqualTo("2");
    assertThat(body("GET", "/.json?ns=crud&shallow=true", null))
        .isEqualTo("{\"a\":true,\"b\":true}");
    assertThat(body("POST", "/list.json?ns=crud", "\"x\"")).matches("\\{\"name\":\"-.{19}\"}");
    assertThat(call("DELETE", "/a.json?ns=crud&print=silent", null).statusCode()).isEqualTo(204);
    assertThat(body("GET", "/a.json?ns=crud", null)).isEqualTo("null");
    assertThat(body("GET", "/b.json?ns=crud&print=pretty", null)).isEqualTo("{\n  \"c\" : 3\n}");
    var overridden = call("POST", "/b/c.json?ns=crud", "4", "X-HTTP-Method-Override", "PUT");
    assertThat(overridden.body()).isEqualTo("4");
    body("PUT", "/p.json?ns=crud", "{\".value\":1,\".priority\":2}");
    assertThat(body("GET", "/p.json?ns=crud", null)).isEqualTo("1");
    assertThat(body("GET", "/p.json?ns=crud&format=export", null))
        .isEqualTo("{\".value\":1,\".priority\":2}");
    assertThat(body("GET", "/p.json?ns=crud&callback=f", null)).isEqualTo("f(1);");
  }

  @Test
  void queriesSelect() throws Exception {
    body("PUT", "/q.json?ns=query", "{\"a\":{\"n\":1},\"b\":{\"n\":2},\"c\":{\"n\":3}}");
    assertThat(query("orderBy=\"n\"&startAt=2")).isEqualTo("{\"b\":{\"n\":2},\"c\":{\"n\":3}}");
    assertThat(query("orderBy=\"$key\"&limitToLast=1")).isEqualTo("{\"c\":{\"n\":3}}");
    assertThat(query("orderBy=\"n\"&equalTo=1")).isEqualTo("{\"a\":{\"n\":1}}");
    server.rules("query", "{\"rules\": {\".read\": true, \".write\": true}}");
    assertThat(query("orderBy=\"n\"&equalTo=1"))
        .isEqualTo(
            "{\"error\":\"Index not defined, add \\\".indexOn\\\": \\\"n\\\", for path \\\"/q\\\","
                + " to the rules\"}");
  }

  private static String query(String parameters) throws Exception {
    String encoded = parameters.replace("\"", URLEncoder.encode("\"", StandardCharsets.UTF_8));
    return body("GET", "/q.json?ns=query&" + encoded, null);
  }

  @Test
  void conditionalWritesHappenOnce() throws Exception {
    var empty = call("GET", "/c.json?ns=etag", null, "X-Firebase-ETag", "true");
    assertThat(empty.headers().firstValue("ETag")).hasValue("null_etag");
    var made =
        call("PUT", "/c.json?ns=etag", "1", "if-match", "null_etag", "X-Firebase-ETag", "true");
    String etag = made.headers().firstValue("ETag").orElseThrow();
    var again = call("PUT", "/c.json?ns=etag", "2", "if-match", "null_etag");
    assertThat(again.statusCode()).isEqualTo(412);
    assertThat(again.body()).isEqualTo("1");
    assertThat(again.headers().firstValue("ETag")).hasValue(etag);
    assertThat(call("DELETE", "/c.json?ns=etag", null, "if-match", etag).statusCode())
        .isEqualTo(200);
    assertThat(call("PATCH", "/c.json?ns=etag", "{}", "if-match", etag).statusCode())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "GET;/a;;404",
        "PUT;/a.json;{;400",
        "PUT;/a.json;;400",
        "PUT;/a%23b.json;1;400",
        "PATCH;/a.json;[1];400",
        "PUT;/a.json;{\"a.b\":1};400",
        "GET;/a.json?shallow=maybe;;400",
        "GET;/a.json?shallow=true&limitToLast=1&orderBy=%22$key%22;;400",
        "GET;/a.json?limitToLast=1;;400",
        "GET;/a.json?orderBy=nonsense;;400",
        "GET;/a.json?timeout=16min;;400",
        "GET;/a.json?timeout=0ms;;400",
        "GET;/a.json?timeout=10;;400",
        "PUT;/a.json?writeSizeLimit=huge;1;400",
        "GET;/a.json?shallow=true&orderBy=%22$key%22;;400",
        "GET;/a.json?shallow=true&limitToFirst=0;;400",
        "PUT;/%FF.json;1;400",
        "PUT;/a.json?x-http-method-override=PUT;;400",
        "GET;/a.json?auth=nonsense;;401",
        "GET;/a.json?ns=No_Name!;;400",
        "PURGE;/a.json;;405",
        "GET;/.settings/rules.json;;401"
      })
  void whatCannotBeMeantIsRefusedWithAReason(String method, String path, String body, int status)
      throws Exception {
    var refusal = call(method, path, body);
    assertThat(refusal.statusCode()).isEqualTo(status);
    assertThat(refusal.body()).startsWith("{\"error\":\"");
  }

  @Test
  void pagesOfOtherOriginsMayCall() throws Exception {
    var preflight =
        call(
            "OPTIONS",
            "/a.json",
            null,
            "Origin",
            "https://app.example",
            "Access-Control-Request-Headers",
            "x-firebase-etag");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
        .hasValue("https://app.example");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
        .hasValue("x-firebase-etag");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
        .contains("PATCH");
  }

  @Test
  void rulesAreHeldAndSetByTheOwner() throws Exception {
    String rules = "{\"rules\":{\"$uid\":{\".read\":\"auth.uid === $uid\"}}}";
    var set = call("PUT", "/.settings/rules.json?ns=rules", rules, "Authorization", "Bearer owner");
    assertThat(set.statusCode()).isEqualTo(200);
    assertThat(body("GET", "/.settings/rules.json?ns=rules&access_token=owner", null))
        .isEqualTo(rules);
    var denied = call("GET", "/ada.json?ns=rules", null);
    assertThat(denied.statusCode()).isEqualTo(401);
    assertThat(denied.body()).isEqualTo("{\"error\":\"Permission denied\"}");
    assertThat(body("GET", "/ada.json?ns=rules&auth=" + Http.token("{\"sub\":\"ada\"}"), null))
        .isEqualTo("null");
  }
}
