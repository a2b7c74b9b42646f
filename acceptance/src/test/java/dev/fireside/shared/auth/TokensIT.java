package dev.fireside.shared.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.auth.FirebaseAuth;
import com.google.firebase.auth.FirebaseAuthException;
import com.google.firebase.auth.UserRecord;
import com.google.firebase.internal.FirebaseProcessEnvironment;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.Stores;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.redis.Redis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("The Admin SDK has one Auth emulator a process, and here it is another")
final class TokensIT {
  private static final String AUTH_EMULATOR = "FIREBASE_AUTH_EMULATOR_HOST";

  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().entryPoints("none");

  private final Uid uid = new Uid("u" + UUID.randomUUID().toString().substring(0, 8));

  @AfterEach
  void resetClock() {
    fireside.clock().reset();
  }

  private static Tokens tokens() {
    return fireside.platform().tokens();
  }

  private static Accounts accounts() {
    return fireside.platform().accounts();
  }

  private String token(Map<String, Object> claims) {
    return fireside.project().token(uid.value(), claims);
  }

  private String token() {
    return token(Map.of());
  }

  private static void refuses(String token, String why) {
    assertThatExceptionOfType(InvalidTokenException.class)
        .isThrownBy(() -> tokens().verify(token))
        .withMessageContaining(why);
  }

  /// Another instance: its own memory, the same Redis.
  private static Tokens anotherInstance(Redis redis, FirebaseAuth firebase) {
    var other = new Accounts(() -> firebase, redis, new SimpleMeterRegistry(), fireside.clock());
    return new Tokens(() -> firebase, other, redis, fireside.clock());
  }

  private static Redis sameRedis() {
    var config = fireside.platform().config();
    return Stores.redis(
        config.redis().getFirst(), config.redisKeyPrefix(), new SimpleMeterRegistry());
  }

  @Test
  void saysWhoCallsAndWithWhichRoles() {
    assertThat(tokens().verify(token())).isEqualTo(new Principal(uid, Set.of(), false));
    assertThat(
            tokens()
                .verify(
                    token(
                        Map.of(
                            "roles",
                            List.of("moderator", "superhero", 5),
                            "firebase",
                            Map.of("sign_in_second_factor", "totp")))))
        .isEqualTo(new Principal(uid, Set.of(Role.MODERATOR), true));
    assertThat(tokens().verify(token(Map.of("roles", "admin"))).roles()).isEmpty();
    assertThat(new Principal(uid, Set.of(Role.ADMIN), false).has(Role.MODERATOR)).isTrue();
    assertThat(new Principal(uid, Set.of(Role.MODERATOR), false).has(Role.ADMIN)).isFalse();
  }

  @Test
  void aKnownTokenCostsOneRoundTripAndNoCallOfFirebase() {
    String token = token();
    tokens().verify(token);

    var before = fireside.counts();
    for (int i = 0; i < 10; i++) {
      tokens().verify(token);
    }

    assertThat(fireside.counts().minus(before).roundTrips()).isEqualTo(10);
  }

  @Test
  void refusesWhatHasExpired() {
    long now = Instant.now().getEpochSecond();
    refuses(token(Map.of("iat", now - 7_200, "exp", now - 3_600)), "expired");

    try (Redis redis = sameRedis()) {
      Tokens tokens = anotherInstance(redis, firebase());
      String token = token();
      tokens.verify(token);
      fireside.clock().advance(Duration.ofMinutes(61));
      for (int i = 0; i < 2; i++) {
        assertThatExceptionOfType(InvalidTokenException.class)
            .isThrownBy(() -> tokens.verify(token))
            .withMessageContaining("expired");
      }
    }
  }

  @Test
  void refusesTokensOfOtherProjects() {
    refuses(token(Map.of("aud", "demo-other")), "not a valid");
    refuses(token(Map.of("iss", "https://securetoken.google.com/demo-other")), "not a valid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "a.b",
        "a.b.c",
        "..",
        "e30.e30.",
        "eyJhbGciOiJub25lIn0.e30.",
        "%00.%00.%00",
        "null",
        "🙂.🙂.🙂",
        "eyJhbGciOiJub25lIn0.bm8ganNvbg.",
        "e30.W10.e30"
      })
  void refusesWhatIsNoToken(String token) {
    refuses(token, "The token is not");
  }

  /// Claims of a token of this project, good but for what is to be replaced.
  private String unsigned(String claims) {
    long now = fireside.clock().instant().getEpochSecond();
    String project = fireside.project().projectId();
    String all =
        claims
            .replace("ISS", "\"iss\":\"https://securetoken.google.com/" + project + "\"")
            .replace("AUD", "\"aud\":\"" + project + "\"")
            .replace("SUB", "\"sub\":\"" + uid + "\"")
            .replace("IAT", "\"iat\":" + now)
            .replace("EXP", "\"exp\":" + (now + 60));
    return base64("{\"alg\":\"none\"}") + "." + base64(all) + ".";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ISS,AUD,SUB,IAT}",
        "{ISS,AUD,SUB,EXP}",
        "{ISS,AUD,SUB}",
        "{ISS,AUD,IAT,EXP}",
        "{ISS,AUD,SUB,IAT,\"exp\":null}",
        "{ISS,AUD,SUB,IAT,\"exp\":\"soon\"}",
        "{ISS,AUD,SUB,IAT,\"exp\":[]}",
        "{ISS,AUD,SUB,IAT,\"exp\":{}}",
        "{ISS,AUD,SUB,IAT,\"exp\":1e400}",
        "{ISS,AUD,SUB,IAT,\"exp\":99999999999999999999999}",
        "{ISS,AUD,SUB,EXP,\"iat\":-1e999999999}",
        "{ISS,AUD,SUB,EXP,\"iat\":true}",
        "{ISS,AUD,IAT,EXP,\"sub\":null}",
        "{ISS,AUD,IAT,EXP,\"sub\":5}",
        "{ISS,AUD,IAT,EXP,\"sub\":{\"a\":1}}",
        "{ISS,SUB,IAT,EXP,\"aud\":7}",
        "{ISS,SUB,IAT,EXP,\"aud\":{}}",
        "{ISS,SUB,IAT,EXP,\"aud\":[]}",
        "{AUD,SUB,IAT,EXP,\"iss\":[[]]}",
        "null",
        "[]",
        "\"text\"",
        "{",
        "{ISS,AUD,SUB,IAT,EXP}}"
      })
  void refusesClaimsOfAnyOtherForm(String claims) {
    refuses(unsigned(claims), "The token");
  }

  @Test
  void takesTheClaimsThatOthersAreMadeFrom() {
    token();

    assertThat(tokens().verify(unsigned("{ISS,AUD,SUB,IAT,EXP}")).uid()).isEqualTo(uid);
  }

  @Test
  void refusesClaimsThatNestWithoutEnd() {
    refuses(unsigned("{ISS,AUD,SUB,IAT,EXP,\"a\":" + "[".repeat(5_000) + "}"), "The token");
    refuses(
        unsigned("{ISS,AUD,SUB,IAT,\"a\":" + "[".repeat(2_500) + "]".repeat(2_500) + "}"),
        "The token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "{\"alg\":null}",
        "{\"alg\":{}}",
        "{\"alg\":\"RS256\",\"kid\":5}",
        "{\"alg\":\"RS256\",\"kid\":\"unknown\"}",
        "{\"alg\":\"none\",\"crit\":5}"
      })
  void refusesHeadersOfAnyOtherForm(String header) {
    String payload = unsigned("{ISS,AUD,SUB,IAT}").split("\\.", -1)[1];

    refuses(base64(header) + "." + payload + "." + base64("signature"), "The token");
  }

  @Test
  void refusesHugeTokens() {
    refuses("a".repeat(1_000_000), "too long");
  }

  @Test
  void refusesUserIdsThatCannotBeJoined() {
    refuses(fireside.project().token("a b", Map.of()), "user id");
  }

  @Test
  void anUnsignedTokenIsGoodForTheEmulatorOnly() throws Exception {
    String unsigned = token();
    String forged = forged();
    assertThat(tokens().verify(unsigned).uid()).isEqualTo(uid);

    String emulator = FirebaseProcessEnvironment.getenv(AUTH_EMULATOR);
    FirebaseProcessEnvironment.setenv(AUTH_EMULATOR, "");
    try (Redis redis = sameRedis()) {
      FirebaseApp app =
          FirebaseApp.initializeApp(
              FirebaseOptions.builder()
                  .setProjectId(fireside.project().projectId())
                  .setCredentials(
                      GoogleCredentials.create(
                          new AccessToken("x", Date.from(Instant.now().plusSeconds(3_600)))))
                  .build(),
              UUID.randomUUID().toString());
      try {
        Tokens real = anotherInstance(redis, FirebaseAuth.getInstance(app));
        for (String token : List.of(unsigned, forged, unsigned + "AAAA")) {
          assertThatExceptionOfType(InvalidTokenException.class)
              .isThrownBy(() -> real.verify(token))
              .withMessageContaining("not a valid");
        }
      } finally {
        app.delete();
      }
    } finally {
      FirebaseProcessEnvironment.setenv(AUTH_EMULATOR, emulator);
    }
  }

  /// Looks like a real token, but nobody signed it.
  private String forged() {
    long now = Instant.now().getEpochSecond();
    String project = fireside.project().projectId();
    return base64("{\"alg\":\"HS256\",\"kid\":\"x\",\"typ\":\"JWT\"}")
        + "."
        + base64(
            """
            {"iss":"https://securetoken.google.com/%s","aud":"%s","sub":"%s","iat":%d,"exp":%d}
            """
                .formatted(project, project, uid, now - 10, now + 3_600))
        + "."
        + base64("signature");
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void revokingEndsAllTokensSoFarAtOnceEverywhereAlsoWhenRedisForgets() {
    String before = token();
    tokens().verify(before);
    try (Redis redis = sameRedis()) {
      Tokens other = anotherInstance(redis, firebase());
      other.verify(before);

      accounts().revokeTokens(uid);

      refuses(before, "revoked");
      assertThatExceptionOfType(InvalidTokenException.class)
          .isThrownBy(() -> other.verify(before))
          .withMessageContaining("revoked");
      assertThat(tokens().verify(token()).uid()).isEqualTo(uid);

      fireside.flushRedis();
      refuses(before, "revoked");
      fireside.clock().advance(Duration.ofMinutes(40));
      refuses(before, "revoked");
    }
  }

  private static FirebaseAuth firebase() {
    return FirebaseAuth.getInstance(
        FirebaseApp.getApps().stream()
            .filter(app -> app.getName().contains(fireside.project().projectId()))
            .findFirst()
            .orElseThrow());
  }

  @Test
  void aSuspendedAccountIsToldSoUntilTheSuspensionIsLifted() {
    String token = token();
    tokens().verify(token);

    accounts().setDisabled(uid, true);
    assertThatExceptionOfType(SuspendedException.class).isThrownBy(() -> tokens().verify(token));
    fireside.flushRedis();
    assertThatExceptionOfType(SuspendedException.class).isThrownBy(() -> tokens().verify(token));

    accounts().setDisabled(uid, false);
    assertThat(tokens().verify(token).uid()).isEqualTo(uid);
  }

  @Test
  void whatIsChangedOutsideHoldsForWritesWithinFiveSecondsAndForReadsWithinAMinute()
      throws FirebaseAuthException {
    fireside.clock().stopAt(Instant.now());
    Tokens.Signed token = tokens().read(token());
    as(token, Accounts.READ_AGE_MAX);

    firebase().updateUser(new UserRecord.UpdateRequest(uid.value()).setDisabled(true));

    fireside.clock().advance(Accounts.WRITE_AGE_MAX);
    as(token, Accounts.WRITE_AGE_MAX);
    fireside.clock().advance(Duration.ofMillis(1));
    assertThatExceptionOfType(SuspendedException.class)
        .isThrownBy(() -> as(token, Accounts.WRITE_AGE_MAX));

    firebase().deleteUser(uid.value());

    fireside.clock().advance(Accounts.READ_AGE_MAX.plusMillis(1));
    assertThatExceptionOfType(InvalidTokenException.class)
        .isThrownBy(() -> as(token, Accounts.READ_AGE_MAX))
        .withMessageContaining("does not exist");
  }

  private void as(Tokens.Signed token, Duration ageMax) {
    as(tokens(), token, ageMax);
  }

  private void as(Tokens tokens, Tokens.Signed token, Duration ageMax) {
    Batch batch = fireside.platform().redis().batch();
    Supplier<Principal> caller = tokens.lookup(batch, token, ageMax);
    batch.runOrGiveUp();
    assertThat(caller.get().uid()).isEqualTo(uid);
  }

  @Test
  void whileFirebaseIsAwayTheLastStateHolds() {
    Tokens.Signed token = tokens().read(token());
    as(token, Accounts.WRITE_AGE_MAX);
    fireside.clock().advance(Duration.ofMinutes(20));
    try (Redis redis = sameRedis()) {
      var away =
          new Accounts(
              () -> {
                throw new AuthUnavailableException(new IOException("away"));
              },
              redis,
              new SimpleMeterRegistry(),
              fireside.clock());

      as(
          new Tokens(TokensIT::firebase, away, redis, fireside.clock()),
          token,
          Accounts.WRITE_AGE_MAX);
    }
  }

  @Test
  void aDeletedAccountsTokensAreRefused() {
    String token = token();
    tokens().verify(token);

    accounts().delete(uid);
    accounts().delete(uid);

    refuses(token, "does not exist");
    fireside.flushRedis();
    refuses(token, "does not exist");
  }

  @Test
  void aReaderWhoseClockIsAheadDoesNotHideASuspension() {
    String token = token();
    fireside.clock().advance(Duration.ofSeconds(3));
    tokens().verify(token);
    fireside.clock().reset();

    accounts().setDisabled(uid, true);

    assertThatExceptionOfType(SuspendedException.class).isThrownBy(() -> tokens().verify(token));
    accounts().setDisabled(uid, false);
  }

  @Test
  void rolesAreKeptWithTheAccountBesideOtherClaims() {
    token();

    accounts().setRoles(uid, Set.of(Role.ADMIN, Role.MODERATOR));
    assertThat(accounts().roles(uid)).contains(Set.of(Role.ADMIN, Role.MODERATOR));
    accounts().setRoles(uid, Set.of());
    assertThat(accounts().roles(uid)).contains(Set.of());
    assertThat(accounts().roles(new Uid("nobody"))).isEmpty();
  }

  @Test
  void whileRedisIsAwayFirebaseIsAsked() {
    String token = token();
    tokens().verify(token);
    fireside.killRedis();
    try {
      assertThat(tokens().verify(token).uid()).isEqualTo(uid);
      accounts().setDisabled(uid, true);
      assertThatExceptionOfType(SuspendedException.class).isThrownBy(() -> tokens().verify(token));
    } finally {
      fireside.restartRedis();
    }
    assertThatExceptionOfType(SuspendedException.class).isThrownBy(() -> tokens().verify(token));
  }

  @Test
  void keysAreFetchedByATokenThatIsRefused() {
    assertThatCode(() -> tokens().fetchKeys(fireside.platform().config().projectId()))
        .doesNotThrowAnyException();
  }
}
