package dev.fireside.emulator.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a client SDK sends, as plain HTTP.
class AuthServerClientIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Map<String, Object> ADA =
      Map.of("email", "ada@example.com", "password", "secret1");

  private Instant now = Instant.parse("2026-01-01T12:00:00Z");
  private AuthServer server;

  @BeforeEach
  void start() {
    InstantSource time = () -> now;
    server = AuthServer.start(0, time.withZone(ZoneOffset.UTC), "demo-default");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void signsUpAnonymously() {
    JsonNode answer = ok("signUp", Map.of("returnSecureToken", true));
    JsonNode token = payload(answer.path("idToken").asText());
    assertThat(token.path("sub").asText())
        .isEqualTo(answer.path("localId").asText())
        .isEqualTo(token.path("user_id").asText())
        .isNotEmpty();
    assertThat(token.path("iss").asText()).isEqualTo("https://securetoken.google.com/demo-default");
    assertThat(token.path("aud").asText()).isEqualTo("demo-default");
    assertThat(token.path("exp").asLong()).isEqualTo(now.getEpochSecond() + 3600);
    assertThat(token.path("auth_time").asLong()).isEqualTo(now.getEpochSecond());
    assertThat(token.at("/firebase/sign_in_provider").asText()).isEqualTo("anonymous");
    assertThat(answer.path("idToken").asText()).endsWith(".");
    assertThat(answer.path("expiresIn").asText()).isEqualTo("3600");
  }

  @Test
  void signsInWithThePasswordOfTheSignUp() {
    String uid = ok("signUp", ADA).path("localId").asText();
    JsonNode answer = ok("signInWithPassword", ADA);
    assertThat(answer.path("localId").asText()).isEqualTo(uid);
    assertThat(answer.path("registered").asBoolean()).isTrue();
    JsonNode token = payload(answer.path("idToken").asText());
    assertThat(token.path("email").asText()).isEqualTo("ada@example.com");
    assertThat(token.at("/firebase/identities/email/0").asText()).isEqualTo("ada@example.com");
    assertThat(token.at("/firebase/sign_in_provider").asText()).isEqualTo("password");
  }

  @Test
  void refusesInTheWordsOfIdentityToolkit() {
    ok("signUp", ADA);
    assertThat(refused("signUp", ADA)).isEqualTo("EMAIL_EXISTS");
    assertThat(refused("signUp", Map.of("email", "bob@example.com"))).isEqualTo("MISSING_PASSWORD");
    assertThat(refused("signUp", Map.of("password", "secret1"))).isEqualTo("MISSING_EMAIL");
    assertThat(refused("signUp", Map.of("email", "bob", "password", "secret1")))
        .isEqualTo("INVALID_EMAIL");
    assertThat(refused("signUp", Map.of("email", "bob@example.com", "password", "short")))
        .isEqualTo("WEAK_PASSWORD : Password should be at least 6 characters");
    assertThat(
            refused(
                "signInWithPassword", Map.of("email", "ada@example.com", "password", "secret2")))
        .isEqualTo("INVALID_PASSWORD");
    assertThat(refused("signInWithPassword", Map.of("email", "x@example.com", "password", "p")))
        .isEqualTo("EMAIL_NOT_FOUND");
    assertThat(refused("signInWithPassword", Map.of("email", "ada@example.com")))
        .isEqualTo("MISSING_PASSWORD");
    assertThat(refused("signInWithCustomToken", Map.of("token", "nonsense")))
        .startsWith("INVALID_CUSTOM_TOKEN");
    assertThat(refused("lookup", Map.of("idToken", "nonsense"))).isEqualTo("INVALID_ID_TOKEN");
    assertThat(refused("lookup", Map.of())).isEqualTo("MISSING_ID_TOKEN");
  }

  @Test
  void givesErrorsTheFormTheSdksParse() {
    JsonNode error = call("signUp?key=k", Map.of("email", "x")).path("error");
    assertThat(error.path("code").asInt()).isEqualTo(400);
    assertThat(error.at("/errors/0/message").asText()).isEqualTo("MISSING_PASSWORD");
    assertThat(error.at("/errors/0/reason").asText()).isEqualTo("invalid");
    assertThat(error.at("/errors/0/domain").asText()).isEqualTo("global");
  }

  @Test
  void takesSignedAndUnsignedCustomTokens() {
    JsonNode first = ok("signInWithCustomToken", Map.of("token", customToken("")));
    assertThat(first.path("isNewUser").asBoolean()).isTrue();
    JsonNode token = payload(first.path("idToken").asText());
    assertThat(token.path("sub").asText()).isEqualTo("ada");
    assertThat(token.path("tier").asText()).isEqualTo("gold");
    JsonNode second = ok("signInWithCustomToken", Map.of("token", customToken("c2lnbmF0dXJl")));
    assertThat(second.path("isNewUser").asBoolean()).isFalse();
  }

  @Test
  void keepsTheClaimsOfACustomTokenWhenRefreshed() {
    String refreshToken =
        ok("signInWithCustomToken", Map.of("token", customToken(""))).path("refreshToken").asText();
    now = now.plusSeconds(3000);
    JsonNode token = payload(refresh(refreshToken).path("id_token").asText());
    assertThat(token.path("tier").asText()).isEqualTo("gold");
    assertThat(token.path("iat").asLong()).isEqualTo(now.getEpochSecond());
    assertThat(token.path("auth_time").asLong()).isEqualTo(now.getEpochSecond() - 3000);
  }

  @Test
  void endsRefreshTokensByRevocationDisablingAndDeletion() {
    JsonNode ada = ok("signUp", ADA);
    String refreshToken = ada.path("refreshToken").asText();
    String uid = ada.path("localId").asText();
    assertThat(message(refresh("unknown"))).isEqualTo("INVALID_REFRESH_TOKEN");
    admin("update", Map.of("localId", uid, "disableUser", true));
    assertThat(message(refresh(refreshToken))).isEqualTo("USER_DISABLED");
    assertThat(refused("signInWithPassword", ADA)).isEqualTo("USER_DISABLED");
    admin("update", Map.of("localId", uid, "disableUser", false));
    admin("update", Map.of("localId", uid, "validSince", now.getEpochSecond() + 1));
    assertThat(message(refresh(refreshToken))).isEqualTo("TOKEN_EXPIRED");
    assertThat(refused("lookup", Map.of("idToken", ada.path("idToken").asText())))
        .isEqualTo("TOKEN_EXPIRED");
    admin("delete", Map.of("localId", uid));
    assertThat(message(refresh(refreshToken))).isEqualTo("USER_NOT_FOUND");
  }

  @Test
  void refusesAnIdTokenAfterItsHour() {
    String idToken = ok("signUp", ADA).path("idToken").asText();
    now = now.plus(Duration.ofHours(1));
    assertThat(refused("lookup", Map.of("idToken", idToken))).isEqualTo("TOKEN_EXPIRED");
  }

  @Test
  void letsUsersSeeChangeAndDeleteThemselves() {
    String idToken = ok("signUp", ADA).path("idToken").asText();
    ok("update", Map.of("idToken", idToken, "displayName", "Ada", "photoUrl", "https://x/y"));
    JsonNode me = ok("lookup", Map.of("idToken", idToken)).at("/users/0");
    assertThat(me.path("displayName").asText()).isEqualTo("Ada");
    assertThat(me.path("email").asText()).isEqualTo("ada@example.com");
    assertThat(me.has("passwordHash")).isFalse();
    ok("update", Map.of("idToken", idToken, "deleteAttribute", List.of("DISPLAY_NAME")));
    assertThat(ok("lookup", Map.of("idToken", idToken)).at("/users/0").has("displayName"))
        .isFalse();
    ok("delete", Map.of("idToken", idToken));
    assertThat(refused("lookup", Map.of("idToken", idToken))).isEqualTo("USER_NOT_FOUND");
  }

  @Test
  void signsInAgainWhenThePasswordChanges() {
    JsonNode before = ok("signUp", ADA);
    now = now.plusSeconds(10);
    JsonNode after =
        ok("update", Map.of("idToken", before.path("idToken").asText(), "password", "secret2"));
    assertThat(payload(after.path("idToken").asText()).path("sub"))
        .isEqualTo(before.path("localId"));
    assertThat(message(refresh(before.path("refreshToken").asText()))).isEqualTo("TOKEN_EXPIRED");
    assertThat(refresh(after.path("refreshToken").asText()).has("id_token")).isTrue();
    assertThat(refused("signInWithPassword", ADA)).isEqualTo("INVALID_PASSWORD");
  }

  @Test
  void turnsAnAnonymousUserIntoOneWithAPassword() {
    JsonNode anonymous = ok("signUp", Map.of());
    JsonNode linked =
        ok(
            "signUp",
            Map.of(
                "idToken",
                anonymous.path("idToken").asText(),
                "email",
                "ada@example.com",
                "password",
                "secret1"));
    assertThat(linked.path("localId")).isEqualTo(anonymous.path("localId"));
    assertThat(ok("signInWithPassword", ADA).path("localId")).isEqualTo(anonymous.path("localId"));
  }

  @Test
  void keepsClientsFromWhatServersMayDo() {
    String idToken = ok("signUp", ADA).path("idToken").asText();
    assertThat(
            refused("update", Map.of("idToken", idToken, "customAttributes", "{\"admin\":true}")))
        .isEqualTo("INSUFFICIENT_PERMISSION");
    assertThat(refused("update", Map.of("idToken", idToken, "disableUser", false)))
        .isEqualTo("OPERATION_NOT_ALLOWED");
    assertThat(refused("signUp", Map.of("localId", "chosen")))
        .isEqualTo("UNEXPECTED_PARAMETER : User ID");
    assertThat(message(call("batchDelete?key=k", Map.of("localIds", List.of("a")))))
        .startsWith("UNAUTHENTICATED");
    JsonNode foreign =
        send(
            request("/identitytoolkit.googleapis.com/v1/projects/demo-default/accounts:lookup")
                .POST(HttpRequest.BodyPublishers.ofString("{\"localId\":[\"ada\"]}")));
    assertThat(foreign.at("/error/code").asInt()).isEqualTo(401);
  }

  @Test
  void refusesClaimsThatAreTooLargeOrReserved() {
    String uid = ok("signUp", ADA).path("localId").asText();
    String large = "{\"a\":\"" + "x".repeat(1000) + "\"}";
    assertThat(message(admin("update", Map.of("localId", uid, "customAttributes", large))))
        .isEqualTo("CLAIMS_TOO_LARGE");
    assertThat(message(admin("update", Map.of("localId", uid, "customAttributes", "{\"sub\":1}"))))
        .isEqualTo("FORBIDDEN_CLAIM : sub");
    assertThat(message(admin("update", Map.of("localId", uid, "customAttributes", "[1]"))))
        .isEqualTo("INVALID_CLAIMS");
  }

  @Test
  void takesTheApiKeyForTheProjectWhereThereIsSuchAProject() {
    server.addProject("demo-other");
    JsonNode other = call("signUp?key=demo-other", ADA);
    assertThat(payload(other.path("idToken").asText()).path("aud").asText())
        .isEqualTo("demo-other");
    JsonNode fallback = call("signUp?key=AIzaUnknown", ADA);
    assertThat(payload(fallback.path("idToken").asText()).path("aud").asText())
        .isEqualTo("demo-default");
    assertThat(refresh(other.path("refreshToken").asText()).path("project_id").asText())
        .isEqualTo("demo-other");
    server.reset("demo-other");
    assertThat(message(refresh(other.path("refreshToken").asText())))
        .isEqualTo("INVALID_REFRESH_TOKEN");
    assertThat(refresh(fallback.path("refreshToken").asText()).has("id_token")).isTrue();
  }

  @Test
  void mintsTokensThatClientsCanUseAtOnce() {
    String idToken = server.mintIdToken("demo-third", "ada", Map.of("roles", List.of("admin")));
    assertThat(ok("lookup", Map.of("idToken", idToken)).at("/users/0/customAttributes").asText())
        .isEqualTo("{\"roles\":[\"admin\"]}");
    String again = server.mintIdToken("demo-third", "ada", Map.of("exp", 1));
    assertThat(payload(again).path("exp").asLong()).isEqualTo(1);
    assertThat(payload(again).at("/roles/0").asText()).isEqualTo("admin");
  }

  @Test
  void answersTheBrowsersPreflight() throws Exception {
    HttpResponse<String> response =
        HTTP.send(
            request("/identitytoolkit.googleapis.com/v1/accounts:signUp")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "http://localhost:5173")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type,x-client-version")
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().map())
        .containsEntry("access-control-allow-origin", List.of("http://localhost:5173"))
        .containsEntry("access-control-allow-headers", List.of("content-type,x-client-version"));
  }

  @Test
  void saysWhatItDoesNotDo() {
    assertThat(refused("sendOobCode", Map.of())).startsWith("NOT_IMPLEMENTED");
    assertThat(message(send(request("/nowhere").GET()))).startsWith("NOT_FOUND");
    assertThat(
            message(
                send(
                    request("/identitytoolkit.googleapis.com/v1/accounts:signUp")
                        .POST(HttpRequest.BodyPublishers.ofString("not json")))))
        .startsWith("INVALID_ARGUMENT");
  }

  private JsonNode ok(String operation, Map<String, Object> body) {
    JsonNode answer = call(operation + "?key=fake-api-key", body);
    assertThat(answer.has("error")).as(answer.toString()).isFalse();
    return answer;
  }

  private String refused(String operation, Map<String, Object> body) {
    return message(call(operation + "?key=fake-api-key", body));
  }

  private static String message(JsonNode answer) {
    return answer.at("/error/message").asText();
  }

  private JsonNode call(String operation, Map<String, Object> body) {
    return send(
        request("/identitytoolkit.googleapis.com/v1/accounts:" + operation)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(text(body))));
  }

  private JsonNode admin(String operation, Map<String, Object> body) {
    return send(
        request("/identitytoolkit.googleapis.com/v1/projects/demo-default/accounts:" + operation)
            .header("Authorization", "Bearer owner")
            .POST(HttpRequest.BodyPublishers.ofString(text(body))));
  }

  private JsonNode refresh(String refreshToken) {
    return send(
        request("/securetoken.googleapis.com/v1/token?key=fake-api-key")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "grant_type=refresh_token&refresh_token=" + refreshToken)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + server.address() + path));
  }

  private static JsonNode send(HttpRequest.Builder request) {
    try {
      return JSON.readTree(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String customToken(String signature) {
    String payload =
        text(
            Map.of(
                "aud",
                "https://identitytoolkit.googleapis.com/google.identity.identitytoolkit.v1.IdentityToolkit",
                "uid",
                "ada",
                "claims",
                Map.of("tier", "gold")));
    return base64("{\"alg\":\"none\"}") + "." + base64(payload) + "." + signature;
  }

  private static JsonNode payload(String jwt) {
    ObjectNode payload = IdTokens.decode(jwt);
    assertThat(payload).as(jwt).isNotNull();
    return payload;
  }

  private static String text(Map<String, Object> body) {
    return JSON.valueToTree(body).toString();
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
