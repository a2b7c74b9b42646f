package dev.fireside.shared.auth;

import com.google.firebase.auth.AuthErrorCode;
import com.google.firebase.auth.FirebaseAuth;
import com.google.firebase.auth.FirebaseAuthException;
import com.google.firebase.auth.UserRecord;
import dev.fireside.shared.cache.Cache;
import dev.fireside.shared.cache.Lookup;
import dev.fireside.shared.cache.Versioned;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.store.Document;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The accounts of Firebase Auth: their state (cached in Redis), and what an admin does to them.
///
/// Methods throw [AuthUnavailableException] when Firebase Auth does not answer.
public final class Accounts {
  private static final Logger log = LoggerFactory.getLogger(Accounts.class);

  /// How old the state may be that a call goes by which changes something: what was changed outside
  /// of Fireside, in the console or by an Admin SDK, holds from then on.
  public static final Duration WRITE_AGE_MAX = Duration.ofSeconds(5);

  /// The same for calls that only read. Whoever calls all the time never waits for it: the state is
  /// fetched anew beside a call, once it is half as old.
  public static final Duration READ_AGE_MAX = Duration.ofMinutes(1);

  /// How long a state is good for while Firebase Auth does not answer.
  private static final Duration STATE_TTL = Duration.ofMinutes(30);

  private static final Duration STATE_FRESH = READ_AGE_MAX.dividedBy(2);
  private static final long CLOCKS_APART_MICROS = 5_000_000;

  private final Supplier<FirebaseAuth> firebase;
  private final Redis redis;
  private final Clock clock;
  private final Cache<AuthState> states;

  public Accounts(Supplier<FirebaseAuth> firebase, Redis redis, MeterRegistry meters, Clock clock) {
    this.firebase = firebase;
    this.redis = redis;
    this.clock = clock;
    this.states =
        new Cache<>(redis, meters, clock, "auth:{}", AuthState.class, STATE_TTL, STATE_FRESH);
  }

  /// The account's state, as old as [#READ_AGE_MAX] at most. Changes made through this class show
  /// at once, on every instance.
  public AuthState state(Uid uid) {
    Batch batch = redis.batch();
    Supplier<AuthState> state = lookup(batch, uid, READ_AGE_MAX);
    batch.runOrGiveUp();
    return state.get();
  }

  /// Adds the account's state to a batch.
  Supplier<AuthState> lookup(Batch batch, Uid uid, Duration ageMax) {
    Lookup<AuthState> lookup = states.lookup(batch, List.of(uid.value()));
    return () -> {
      AuthState state = lookup.get(this::loadAll).get(uid.value());
      if (state == null) {
        return new AuthState(0, false, false, 0);
      }
      return clock.millis() - state.asOfMillis() <= ageMax.toMillis() ? state : anew(uid, state);
    };
  }

  private AuthState anew(Uid uid, AuthState known) {
    try {
      AuthState state = states.reload(List.of(uid.value()), this::loadAll).get(uid.value());
      return state == null ? known : state;
    } catch (AuthUnavailableException e) {
      log.warn("Going by an account's state of {} s ago", seconds(known), e);
      return known;
    }
  }

  private long seconds(AuthState known) {
    return (clock.millis() - known.asOfMillis()) / 1000;
  }

  private Map<String, Versioned<AuthState>> loadAll(Set<String> uids) {
    var states = new HashMap<String, Versioned<AuthState>>();
    uids.forEach(uid -> states.put(uid, Versioned.of(now(), load(new Uid(uid)))));
    return states;
  }

  /// Signs a person out everywhere: tokens issued so far are refused from now on. Takes up to a
  /// second.
  public void revokeTokens(Uid uid) {
    awaitNextSecond();
    run(() -> firebase.get().revokeRefreshTokens(uid.value()));
    refresh(uid);
  }

  /// Suspends an account, or lifts the suspension.
  public void setDisabled(Uid uid, boolean disabled) {
    run(() ->
        firebase.get().updateUser(new UserRecord.UpdateRequest(uid.value()).setDisabled(disabled)));
    refresh(uid);
  }

  /// The roles an account has now, whatever its tokens say. Empty when there is no such account.
  public Optional<Set<Role>> roles(Uid uid) {
    return user(uid).map(user -> Tokens.roles(user.getCustomClaims()));
  }

  /// Sets the roles of an account, keeping its other claims. Tokens made before keep the old ones
  /// until they expire: revoke them when a role was taken.
  public void setRoles(Uid uid, Set<Role> roles) {
    Map<String, Object> claims =
        user(uid)
            .map(user -> new HashMap<String, Object>(user.getCustomClaims()))
            .orElseGet(HashMap::new);
    List<String> names = roles.stream().map(WireNames::of).sorted().toList();
    claims.put("roles", names);
    run(() -> firebase.get().setCustomUserClaims(uid.value(), claims));
  }

  /// Deletes an account; deleting what is not there is no error.
  public void delete(Uid uid) {
    run(() -> firebase.get().deleteUser(uid.value()));
    refresh(uid);
  }

  private void refresh(Uid uid) {
    // The version is taken before the state is read: of two refreshes the later start wins. It
    // leads, so that a reader who asked Firebase just before and whose clock is ahead of ours
    // cannot put the old state in place of what was just changed.
    long version = now() + CLOCKS_APART_MICROS;
    states.put(uid.value(), Versioned.of(version, load(uid)));
  }

  private AuthState load(Uid uid) {
    long asOf = clock.millis();
    return user(uid)
        .map(user ->
            new AuthState(
                user.getTokensValidAfterTimestamp() / 1000, user.isDisabled(), true, asOf))
        .orElseGet(() -> new AuthState(0, false, false, asOf));
  }

  private Optional<UserRecord> user(Uid uid) {
    try {
      return Optional.of(firebase.get().getUser(uid.value()));
    } catch (FirebaseAuthException e) {
      if (e.getAuthErrorCode() == AuthErrorCode.USER_NOT_FOUND) {
        return Optional.empty();
      }
      throw new AuthUnavailableException(e);
    }
  }

  private long now() {
    return Document.versionOf(clock.instant());
  }

  private interface Call {
    void run() throws FirebaseAuthException;
  }

  private static void run(Call call) {
    try {
      call.run();
    } catch (FirebaseAuthException e) {
      // An account that is gone has nothing left to change.
      if (e.getAuthErrorCode() != AuthErrorCode.USER_NOT_FOUND) {
        throw new AuthUnavailableException(e);
      }
    }
  }

  /// Firebase counts in whole seconds and takes a token issued in the second of the revocation for
  /// a new one. The SDK sends the system's time, whatever our clock says.
  private static void awaitNextSecond() {
    try {
      Thread.sleep(1_000 - System.currentTimeMillis() % 1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted before tokens were revoked", e);
    }
  }
}
