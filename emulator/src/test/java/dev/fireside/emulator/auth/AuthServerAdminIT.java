package dev.fireside.emulator.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.auth.AuthErrorCode;
import com.google.firebase.auth.EmailIdentifier;
import com.google.firebase.auth.ExportedUserRecord;
import com.google.firebase.auth.FirebaseAuth;
import com.google.firebase.auth.FirebaseAuthException;
import com.google.firebase.auth.FirebaseToken;
import com.google.firebase.auth.UidIdentifier;
import com.google.firebase.auth.UserRecord;
import com.google.firebase.auth.UserRecord.CreateRequest;
import com.google.firebase.auth.UserRecord.UpdateRequest;
import com.google.firebase.internal.FirebaseProcessEnvironment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// The real Admin SDK against [AuthServer].
@Isolated("The Admin SDK has one Auth emulator a process, and here it is another")
class AuthServerAdminIT {
  private static final String PROJECT = "admin-it";

  private static AuthServer server;
  private static FirebaseApp app;
  private static FirebaseAuth auth;

  @BeforeAll
  static void connect() {
    server = AuthServer.start(0, Clock.systemUTC(), "demo-fireside");
    FirebaseProcessEnvironment.setenv("FIREBASE_AUTH_EMULATOR_HOST", server.address());
    FirebaseOptions options =
        FirebaseOptions.builder()
            .setProjectId(PROJECT)
            .setCredentials(
                GoogleCredentials.create(
                    new AccessToken("unused", Date.from(Instant.now().plusSeconds(3600)))))
            .build();
    app = FirebaseApp.initializeApp(options, PROJECT);
    auth = FirebaseAuth.getInstance(app);
  }

  @AfterAll
  static void disconnect() {
    app.delete();
    server.close();
    FirebaseProcessEnvironment.clearCache();
  }

  @BeforeEach
  void reset() {
    server.reset(PROJECT);
  }

  @Test
  void createsAndFindsAUser() throws FirebaseAuthException {
    UserRecord created =
        auth.createUser(
            new CreateRequest()
                .setUid("ada")
                .setEmail("Ada@Example.com")
                .setEmailVerified(true)
                .setPassword("secret1")
                .setDisplayName("Ada")
                .setPhotoUrl("https://example.com/ada.png")
                .setPhoneNumber("+15551234567"));
    assertThat(created.getUid()).isEqualTo("ada");
    assertThat(created.getEmail()).isEqualTo("ada@example.com");
    assertThat(created.isEmailVerified()).isTrue();
    assertThat(created.getDisplayName()).isEqualTo("Ada");
    assertThat(created.getPhotoUrl()).isEqualTo("https://example.com/ada.png");
    assertThat(created.getPhoneNumber()).isEqualTo("+15551234567");
    assertThat(created.isDisabled()).isFalse();
    assertThat(created.getProviderData()).hasSize(2);
    assertThat(created.getUserMetadata().getCreationTimestamp()).isPositive();
    assertThat(auth.getUser("ada").getEmail()).isEqualTo("ada@example.com");
    assertThat(auth.getUserByEmail("ADA@example.com").getUid()).isEqualTo("ada");
    assertThat(auth.getUserByPhoneNumber("+15551234567").getUid()).isEqualTo("ada");
  }

  @Test
  void choosesAnIdWhereNoneIsGiven() throws FirebaseAuthException {
    assertThat(auth.createUser(new CreateRequest()).getUid()).hasSize(28);
  }

  @Test
  void refusesWhatIsTakenOrMissing() throws FirebaseAuthException {
    auth.createUser(
        new CreateRequest().setUid("ada").setEmail("ada@example.com").setPhoneNumber("+15550001"));
    assertRefused(
        () -> auth.createUser(new CreateRequest().setUid("ada")), AuthErrorCode.UID_ALREADY_EXISTS);
    assertRefused(
        () -> auth.createUser(new CreateRequest().setEmail("ada@example.com")),
        AuthErrorCode.EMAIL_ALREADY_EXISTS);
    assertRefused(
        () -> auth.createUser(new CreateRequest().setPhoneNumber("+15550001")),
        AuthErrorCode.PHONE_NUMBER_ALREADY_EXISTS);
    assertRefused(() -> auth.getUser("bob"), AuthErrorCode.USER_NOT_FOUND);
    assertRefused(() -> auth.getUserByEmail("bob@example.com"), AuthErrorCode.USER_NOT_FOUND);
    assertRefused(() -> auth.deleteUser("bob"), AuthErrorCode.USER_NOT_FOUND);
    assertRefused(
        () -> auth.updateUser(new UpdateRequest("bob").setDisplayName("Bob")),
        AuthErrorCode.USER_NOT_FOUND);
  }

  @Test
  void appliesNothingOfARefusedUpdate() throws FirebaseAuthException {
    auth.createUser(new CreateRequest().setUid("ada").setPhoneNumber("+15550001"));
    auth.createUser(new CreateRequest().setUid("bob"));
    assertRefused(
        () ->
            auth.updateUser(
                new UpdateRequest("bob").setEmail("b@example.com").setPhoneNumber("+15550001")),
        AuthErrorCode.PHONE_NUMBER_ALREADY_EXISTS);
    assertThat(auth.getUser("bob").getEmail()).isNull();
  }

  @Test
  void findsSeveralUsersAtOnce() throws FirebaseAuthException {
    auth.createUser(new CreateRequest().setUid("ada").setEmail("ada@example.com"));
    auth.createUser(new CreateRequest().setUid("bob"));
    var found =
        auth.getUsers(
            List.of(
                new UidIdentifier("bob"),
                new EmailIdentifier("ada@example.com"),
                new UidIdentifier("carol")));
    assertThat(found.getUsers())
        .extracting(UserRecord::getUid)
        .containsExactlyInAnyOrder("ada", "bob");
    assertThat(found.getNotFound()).hasSize(1);
  }

  @Test
  void updatesAndRemovesProperties() throws FirebaseAuthException {
    auth.createUser(
        new CreateRequest().setUid("ada").setDisplayName("Ada").setPhoneNumber("+15550001"));
    UserRecord changed =
        auth.updateUser(
            new UpdateRequest("ada")
                .setEmail("ada@example.com")
                .setEmailVerified(true)
                .setPassword("secret1")
                .setPhotoUrl("https://example.com/ada.png")
                .setDisabled(true));
    assertThat(changed.getEmail()).isEqualTo("ada@example.com");
    assertThat(changed.isEmailVerified()).isTrue();
    assertThat(changed.isDisabled()).isTrue();
    assertThat(changed.getDisplayName()).isEqualTo("Ada");
    UserRecord emptied =
        auth.updateUser(
            new UpdateRequest("ada").setDisplayName(null).setPhotoUrl(null).setPhoneNumber(null));
    assertThat(emptied.getDisplayName()).isNull();
    assertThat(emptied.getPhotoUrl()).isNull();
    assertThat(emptied.getPhoneNumber()).isNull();
  }

  @Test
  void putsCustomClaimsIntoTheNextToken() throws FirebaseAuthException {
    auth.createUser(new CreateRequest().setUid("ada"));
    auth.setCustomUserClaims("ada", Map.of("roles", List.of("admin"), "level", 3));
    assertThat(auth.getUser("ada").getCustomClaims())
        .containsEntry("roles", List.of("admin"))
        .containsKey("level");
    FirebaseToken token = auth.verifyIdToken(server.mintIdToken(PROJECT, "ada", Map.of()));
    assertThat(token.getClaims()).containsEntry("roles", List.of("admin"));
    auth.setCustomUserClaims("ada", null);
    assertThat(auth.getUser("ada").getCustomClaims()).isEmpty();
  }

  @Test
  void mintsTokensThatTheAdminSdkVerifies() throws FirebaseAuthException {
    String idToken =
        server.mintIdToken(
            PROJECT,
            "ada",
            Map.of(
                "roles",
                List.of("admin"),
                "email",
                "ada@example.com",
                "firebase",
                Map.of("sign_in_second_factor", "totp")));
    FirebaseToken token = auth.verifyIdToken(idToken, true);
    assertThat(token.getUid()).isEqualTo("ada");
    assertThat(token.getIssuer()).isEqualTo("https://securetoken.google.com/" + PROJECT);
    assertThat(token.getEmail()).isEqualTo("ada@example.com");
    assertThat(token.getClaims())
        .containsEntry("aud", PROJECT)
        .containsEntry("user_id", "ada")
        .containsEntry("roles", List.of("admin"));
    assertThat((Map<?, ?>) token.getClaims().get("firebase"))
        .hasToString("{identities={}, sign_in_provider=custom, sign_in_second_factor=totp}");
    assertThat(auth.getUser("ada").getCustomClaims()).containsEntry("roles", List.of("admin"));
  }

  @Test
  void refusesARevokedToken() throws FirebaseAuthException {
    Instant before = Instant.now().minus(Duration.ofMinutes(5));
    try (AuthServer earlier =
        AuthServer.start(0, Clock.fixed(before, ZoneOffset.UTC), "demo-fireside")) {
      String idToken = earlier.mintIdToken(PROJECT, "ada", Map.of());
      auth.createUser(new CreateRequest().setUid("ada"));
      auth.revokeRefreshTokens("ada");
      assertRefused(() -> auth.verifyIdToken(idToken, true), AuthErrorCode.REVOKED_ID_TOKEN);
    }
    String fresh = server.mintIdToken(PROJECT, "ada", Map.of());
    assertThat(auth.verifyIdToken(fresh, true).getUid()).isEqualTo("ada");
  }

  @Test
  void refusesTheTokenOfADisabledUserAndOfAnotherProject() throws FirebaseAuthException {
    String idToken = server.mintIdToken(PROJECT, "ada", Map.of());
    auth.updateUser(new UpdateRequest("ada").setDisabled(true));
    assertRefused(() -> auth.verifyIdToken(idToken, true), AuthErrorCode.USER_DISABLED);
    String foreign = server.mintIdToken("another", "ada", Map.of());
    assertRefused(() -> auth.verifyIdToken(foreign), AuthErrorCode.INVALID_ID_TOKEN);
  }

  @Test
  void listsAllUsersPageByPage() throws FirebaseAuthException {
    for (int i = 0; i < 25; i++) {
      auth.createUser(new CreateRequest().setUid("user-%02d".formatted(i)));
    }
    assertThat(auth.listUsers(null, 10).getValues()).hasSize(10);
    List<String> uids =
        StreamSupport.stream(auth.listUsers(null, 10).iterateAll().spliterator(), false)
            .map(ExportedUserRecord::getUid)
            .toList();
    assertThat(uids).hasSize(25).isSorted().startsWith("user-00").endsWith("user-24");
  }

  @Test
  void deletesOneAndManyAndReportsTheOne() throws FirebaseAuthException {
    var reported = new ArrayList<String>();
    server.onDeleted(PROJECT, user -> reported.add(user.path("uid").asText()));
    for (String uid : List.of("a", "b", "c")) {
      auth.createUser(new CreateRequest().setUid(uid));
    }
    auth.deleteUser("a");
    assertThat(auth.deleteUsers(List.of("b", "c", "never-there")).getSuccessCount()).isEqualTo(3);
    assertThat(auth.listUsers(null).getValues()).isEmpty();
    assertThat(reported).containsExactly("a");
  }

  private static void assertRefused(ThrowingCallable call, AuthErrorCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            FirebaseAuthException.class, e -> assertThat(e.getAuthErrorCode()).isEqualTo(code));
  }
}
