package dev.fireside.shared.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.firebase.auth.FirebaseAuth;
import com.google.firebase.auth.FirebaseAuthException;
import com.google.firebase.auth.FirebaseToken;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.redis.Redis;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Verifies Firebase ID tokens.
///
/// The signature is checked once a token and process: what was verified is kept until the token
/// expires. Whether the account was suspended, deleted or signed out since is asked on every call,
/// from [Accounts], in one round trip with whatever else the call needs.
public final class Tokens {
  private static final int VERIFIED_MAX = 10_000;
  private static final int TOKEN_LENGTH_MAX = 8_192;

  private final Supplier<FirebaseAuth> firebase;
  private final Accounts accounts;
  private final Redis redis;
  private final Clock clock;
  private final Cache<String, Signed> verified =
      Caffeine.newBuilder().maximumSize(VERIFIED_MAX).build();

  public Tokens(Supplier<FirebaseAuth> firebase, Accounts accounts, Redis redis, Clock clock) {
    this.firebase = firebase;
    this.accounts = accounts;
    this.redis = redis;
    this.clock = clock;
  }

  /// Who the token speaks for. Throws [InvalidTokenException] for a token that is malformed,
  /// unsigned (outside the emulator), expired, revoked, of another project or of a deleted account,
  /// and [SuspendedException] for one of a suspended account.
  public Principal verify(String token) {
    Batch batch = redis.batch();
    Supplier<Principal> principal = lookup(batch, read(token), Accounts.WRITE_AGE_MAX);
    batch.runOrGiveUp();
    return principal.get();
  }

  /// What a token says, whose signature and expiry are verified: not yet whether its account was
  /// suspended, deleted or signed out since, for which see [#lookup]. Throws
  /// [InvalidTokenException] like [#verify].
  public Signed read(String token) {
    Signed known = verified.getIfPresent(token);
    if (known == null) {
      known = check(token);
      verified.put(token, known);
    }
    if (known.expiresSeconds() <= clock.instant().getEpochSecond()) {
      verified.invalidate(token);
      throw new InvalidTokenException("The token has expired");
    }
    return known;
  }

  /// Fetches the keys that signatures are verified with, which the first token would wait for
  /// otherwise: by a token of the project that nobody signed.
  public void fetchKeys(String projectId) {
    try {
      check(unsigned(projectId));
    } catch (InvalidTokenException e) {
      // As it should be.
    }
  }

  private String unsigned(String projectId) {
    long now = clock.instant().getEpochSecond();
    return encoded("{\"alg\":\"RS256\",\"kid\":\"none\"}")
        + "."
        + encoded(
            "{\"iss\":\"https://securetoken.google.com/"
                + projectId
                + "\",\"aud\":\""
                + projectId
                + "\",\"sub\":\"nobody\",\"iat\":"
                + now
                + ",\"exp\":"
                + (now + 60)
                + "}")
        + "."
        + encoded("unsigned");
  }

  private static String encoded(String part) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(part.getBytes(StandardCharsets.UTF_8));
  }

  /// Adds to a batch what else is to be known of a token. Who it speaks for can be read once the
  /// batch has run; reading throws like [#verify].
  ///
  /// @param ageMax how old what is known of the account may be, such as [Accounts#READ_AGE_MAX]
  public Supplier<Principal> lookup(Batch batch, Signed token, Duration ageMax) {
    Supplier<AuthState> account = accounts.lookup(batch, token.principal().uid(), ageMax);
    return () -> {
      AuthState state = account.get();
      if (!state.exists()) {
        throw new InvalidTokenException("The account does not exist any more");
      }
      if (state.disabled()) {
        throw new SuspendedException();
      }
      if (token.issuedSeconds() < state.validAfterSeconds()) {
        throw new InvalidTokenException("The token has been revoked");
      }
      return token.principal();
    };
  }

  private Signed check(String token) {
    if (token.length() > TOKEN_LENGTH_MAX) {
      throw new InvalidTokenException("The token is too long");
    }
    FirebaseAuth verifier = firebase.get();
    FirebaseToken decoded;
    try {
      decoded = verifier.verifyIdToken(token);
    } catch (FirebaseAuthException e) {
      var code = e.getAuthErrorCode();
      if (code == com.google.firebase.auth.AuthErrorCode.CERTIFICATE_FETCH_FAILED) {
        throw new AuthUnavailableException(e);
      }
      throw new InvalidTokenException(
          code == com.google.firebase.auth.AuthErrorCode.EXPIRED_ID_TOKEN
              ? "The token has expired"
              : "The token is not a valid Firebase ID token of this project");
    } catch (RuntimeException | StackOverflowError e) {
      // The SDK takes for granted that claims are there, of their type and nested a little.
      throw new InvalidTokenException("The token is not a Firebase ID token");
    }
    Map<String, Object> claims = decoded.getClaims();
    if (!Uid.isValid(decoded.getUid())) {
      throw new InvalidTokenException("The user id has characters that Fireside does not take");
    }
    return new Signed(
        new Principal(new Uid(decoded.getUid()), roles(claims), hasSecondFactor(claims)),
        seconds(claims, "iat"),
        seconds(claims, "exp"));
  }

  /// The roles among claims; names that are no role are passed over.
  static Set<Role> roles(Map<String, Object> claims) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    if (claims.get("roles") instanceof Collection<?> names) {
      names.forEach(name -> WireNames.find(Role.class, String.valueOf(name)).ifPresent(roles::add));
    }
    return roles;
  }

  private static boolean hasSecondFactor(Map<String, Object> claims) {
    return claims.get("firebase") instanceof Map<?, ?> firebase
        && firebase.get("sign_in_second_factor") instanceof String;
  }

  private static long seconds(Map<String, Object> claims, String name) {
    return claims.get(name) instanceof Number number ? number.longValue() : 0;
  }

  /// What a token says that Firebase signed.
  ///
  /// @param principal who it speaks for, as long as the account is in order
  public record Signed(Principal principal, long issuedSeconds, long expiresSeconds) {}
}
