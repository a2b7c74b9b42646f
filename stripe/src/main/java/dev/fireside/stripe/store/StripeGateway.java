package dev.fireside.stripe.store;

import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.StripeException;
import com.stripe.net.ApiResource.RequestMethod;
import com.stripe.net.RawRequestOptions;
import com.stripe.net.RequestOptions;
import dev.fireside.shared.config.Config;
import dev.fireside.stripe.Secrets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stripe's interface. Every call that changes something carries an idempotency key of ours: the
/// SDK's own is random, so that a retry after a crash would do it twice.
public final class StripeGateway {
  private static final Logger log = LoggerFactory.getLogger(StripeGateway.class);

  /// The setting with the keys that payments asks with; they need not be good for transfers.
  public static final String SHOP_KEY = "STRIPE_API_KEY";

  /// The setting with the keys that pay creators.
  public static final String PAYOUTS_KEY = "STRIPE_PAYOUTS_API_KEY";

  /// All attempts of a call, by all keys, together stay within the minute that a function has.
  private static final int CONNECT_MILLIS = 2_000;

  private static final int READ_MILLIS = 6_000;
  private static final int RETRIES = 2;
  private static final int NOT_FOUND = 404;
  private static final int SERVER_ERRORS = 500;

  /// The code of a 403 about an account that is not, or no longer, connected to ours.
  private static final String LEFT = "account_invalid";

  /// Keys tried in turn: Stripe answers a key whose call failed inside with that failure for a day.
  private static final int KEYS = 2;

  /// One for each of the keys that are configured, the newest first.
  private final List<StripeClient> clients;

  private final String setting;
  private final AtomicInteger current = new AtomicInteger();

  /// @param setting where the keys of Stripe's interface stand: what a function may do there is
  ///   what its keys may
  public StripeGateway(Config config, String setting) {
    this.setting = setting;
    this.clients = Secrets.of(config, setting).stream().map(key -> client(key, config)).toList();
  }

  private static StripeClient client(String key, Config config) {
    var builder =
        StripeClient.builder()
            .setApiKey(key)
            .setConnectTimeout(CONNECT_MILLIS)
            .setReadTimeout(READ_MILLIS)
            .setMaxNetworkRetries(RETRIES);
    config.text("STRIPE_API_BASE").ifPresent(builder::setApiBase);
    return builder.build();
  }

  /// Something asked of Stripe.
  public interface Call<T> {
    T with(StripeClient client) throws StripeException;
  }

  /// Something to be made at Stripe, under an idempotency key.
  public interface Making<T> {
    T with(StripeClient client, RequestOptions options) throws StripeException;
  }

  /// Whether Stripe can be asked at all.
  public boolean isConfigured() {
    return !clients.isEmpty();
  }

  /// An object as JSON, by its path such as `/v1/subscriptions/sub_1`; empty where there is none,
  /// or it is an account that is not connected to ours. Throws [StripeUnavailableException] where
  /// Stripe does not answer.
  public Optional<String> read(String path) {
    var options = RawRequestOptions.builder().build();
    try {
      return Optional.of(
          call(client -> client.rawRequest(RequestMethod.GET, path, null, options)).body());
    } catch (StripeException e) {
      if (Integer.valueOf(NOT_FOUND).equals(e.getStatusCode()) || LEFT.equals(e.getCode())) {
        return Optional.empty();
      }
      throw unavailable("read " + path, e);
    }
  }

  /// Makes a call that does no harm when a failed one was done after all, under the next key where
  /// Stripe has kept a failure for the last. Throws Stripe's own word where it does not make it.
  public <T> T once(String key, Making<T> making) throws StripeException {
    for (int attempt = 1; ; attempt++) {
      var options =
          RequestOptions.builder()
              .setIdempotencyKey(attempt == 1 ? key : key + ":" + attempt)
              .build();
      try {
        return call(client -> making.with(client, options));
      } catch (StripeException e) {
        boolean failedInside = e.getStatusCode() != null && e.getStatusCode() >= SERVER_ERRORS;
        if (!failedInside || attempt == KEYS) {
          throw e;
        }
      }
    }
  }

  /// Asks by the key of ours that Stripe took last, and by the others in turn where it takes that
  /// no more.
  public <T> T call(Call<T> call) throws StripeException {
    if (clients.isEmpty()) {
      log.error("ALERT {} is not set, and Stripe is asked", setting);
      throw new StripeUnavailableException("Stripe is not configured", null);
    }
    int first = current.get();
    for (int i = 0; ; i++) {
      int key = (first + i) % clients.size();
      try {
        T answer = call.with(clients.get(key));
        current.set(key);
        return answer;
      } catch (AuthenticationException e) {
        if (i + 1 == clients.size()) {
          throw e;
        }
      }
    }
  }

  /// The failure of a call that Stripe did not answer, or refused for no fault of the caller's.
  public static StripeUnavailableException unavailable(String what, StripeException e) {
    if (e instanceof ApiConnectionException) {
      log.warn("Stripe did not answer: {}", what, e);
    } else {
      log.error("Stripe refused to {}", what, e);
    }
    return new StripeUnavailableException("Stripe did not " + what, e);
  }
}
